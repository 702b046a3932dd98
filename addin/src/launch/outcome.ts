import type { Alert, Verdict } from "../contract";

/** What a client can do with a verdict. */
export interface Client {
  /** Mailbox 1.14: a button to the task pane, and *Send anyway* on request. */
  asks: boolean;
  /** Mailbox 1.15: Markdown. */
  markdown: boolean;
  /** The control that opens the task pane. */
  command: string;
}

/** The options of `event.completed`; the types of Office.js lag behind and vary with the version. */
export interface Completed {
  allowEvent: boolean;
  errorMessage?: string;
  errorMessageMarkdown?: string;
  cancelLabel?: string;
  commandId?: string;
  contextData?: string;
  sendModeOverride?: "promptUser";
}

/** What a verdict becomes on a client, and the mark to keep for a second Send, if there is one. */
export interface Outcome {
  completed: Completed;
  mark?: string;
}

/** docs/clients.md has this as a table. */
export function outcome(verdict: Verdict, client: Client): Outcome {
  const { decision, alert } = verdict;
  if (decision === "send") {
    return { completed: { allowEvent: true } };
  }
  if (alert === undefined) {
    return { completed: { allowEvent: false } };
  }
  if (!client.asks) {
    const again = decision === "ask" ? alert.again : undefined;
    const completed = { allowEvent: false, errorMessage: again?.text ?? alert.text };
    return again === undefined ? { completed } : { completed, mark: again.mark };
  }
  return { completed: { ...shown(alert, client), ...(decision === "ask" ? { sendModeOverride: "promptUser" } : {}) } };
}

function shown(alert: Alert, client: Client): Completed {
  return {
    allowEvent: false,
    errorMessage: alert.text,
    ...(client.markdown ? { errorMessageMarkdown: alert.markdown } : {}),
    cancelLabel: alert.button,
    commandId: client.command,
    contextData: JSON.stringify({ from: "send" }),
  };
}
