// A site can be packed so that every mail passes: the way out if Sendvagt itself causes trouble. Its script does as
// little as possible, so that nothing in it can fail, and reads nothing of the mail.

interface Event {
  completed(options?: { allowEvent: boolean }): void;
}

const send = (event: Event): void => {
  event.completed({ allowEvent: true });
};
const compose = (event: Event): void => {
  event.completed();
};

/** By their names in the manifest. */
export const passing: Record<string, (event: Event) => void> = {
  onMessageSend: send,
  onAppointmentSend: send,
  onNewMessageCompose: compose,
  onMessageCompose: compose,
  onMessageRecipientsChanged: compose,
  onAppointmentAttendeesChanged: compose,
  onMessageFromChanged: compose,
  onSensitivityLabelChanged: compose,
  onInfoBarDismissClicked: compose,
};
