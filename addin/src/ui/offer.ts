/**
 * What the mailbox's roaming settings hold of practice: the days on which scenes were done, by the scenes' ids. That it is
 * there at all means that the user was offered to practise or has begun.
 */
export const PRACTICE = "sendvagt.practice";

/** What a button that leads to practice hands to the task pane. */
export const TO_PRACTICE = '{"from":"offer"}';
