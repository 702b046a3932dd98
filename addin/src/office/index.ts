// Everything that the shell asks of Office.js. No other folder may name `Office`; ESLint holds this.
//
// These modules use callbacks and need neither promises, timers nor a document: classic Outlook before version 2403
// runs launch scripts in a bare engine in which promise jobs cannot be relied on. What a call returns is unknown until
// it has been read: each call can fail, throw, never answer, answer twice, or answer with a value of another type.

export { attempt, CALL_LIMIT, promised, type Answer, type GiveUp, type Then } from "./calls";
export { locale, isDark, isMobile, recipientLimit, supports, theme, version } from "./client";
export { associate, onContextChanged, onReady, onRecipientsChanged } from "./events";
export { itemType, type Item } from "./item";
export { PANE_COMMAND } from "./manifest-ids";
export { removeBar, showBar, type Bar } from "./notifications";
export {
  initializationContext,
  readAsked,
  readAttachments,
  readBarMarks,
  readBody,
  readBodyType,
  readConversation,
  readFrom,
  readHeaders,
  readIsReply,
  readLabels,
  readNotCpr,
  readRecipients,
  readSubject,
} from "./read";
export { readSetting, saveSettings } from "./settings";
export { after } from "./timer";
export {
  addRecipient,
  addRecipients,
  prependBody,
  removeHeader,
  writeAsked,
  writeBarMarks,
  writeBody,
  writeConversation,
  writeHeader,
  writeLabel,
  writeNotCpr,
  writeRecipients,
  writeSubject,
  type BodyType,
} from "./write";
