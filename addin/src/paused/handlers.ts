// A site can be packed to let every mail pass: the way out when Sendvagt itself is in the way. Its script does as little
// as can be done, so that nothing in it can fail, and asks Outlook nothing about the mail.

interface Event {
  completed(options?: { allowEvent: boolean }): void;
}

const send = (event: Event): void => {
  event.completed({ allowEvent: true });
};
const compose = (event: Event): void => {
  event.completed();
};

/** By the names that the manifest has for them. */
export const passing: Record<string, (event: Event) => void> = {
  onMessageSend: send,
  onAppointmentSend: send,
  onNewMessageCompose: compose,
  onMessageRecipientsChanged: compose,
  onAppointmentAttendeesChanged: compose,
};
