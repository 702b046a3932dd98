// What a button hands over to the pane that it opens: the initialization context. Classic Outlook may hand over an old one
// when the user opens the pane (office-js issue 3517), so that it may decide no more than where the focus goes.

/** The button of the dialog at a send. */
export const FROM_SEND = '{"from":"send"}';

/** The button of the information bar. */
export const FROM_BAR = '{"from":"bar"}';
