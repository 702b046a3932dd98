// The message format that office.js uses on the web: JSON strings sent with postMessage between the add-in's
// frame and the page around it. Read from the debug build of @microsoft/office-js 1.1.110.

/** A request of a frame to the host. */
export interface Request {
  /** The name of the operation, e.g. `ExecuteMethod`, or of the event to subscribe to. */
  readonly action: string;
  readonly kind: "invoke" | "register" | "unregister";
  /** Identifies the frame; the host chooses it when it creates the frame. */
  readonly conversation: string;
  /** Counts up from 0 in each frame; the answer repeats it. */
  readonly correlation: number;
  readonly data: unknown;
}

const KINDS = ["invoke", "register", "unregister"] as const;
const REQUEST = 0;
const RESPONSE = 1;

/** The status of an answer. Office.js calls it `_errorCode`. */
export const AnswerCode = { ok: 0, errorHandlingRequest: -2, accessDenied: -5 } as const;
export type AnswerCode = (typeof AnswerCode)[keyof typeof AnswerCode];

/** Parses one message; `undefined` if it is not a request of office.js (other scripts post messages too). */
export function readRequest(message: unknown): Request | undefined {
  if (typeof message !== "string") {
    return undefined;
  }
  const fields = parseObject(message);
  if (fields?.["_messageType"] !== REQUEST) {
    return undefined;
  }
  const kind = KINDS[Number(fields["_actionType"])];
  const { _actionName: action, _conversationId: conversation, _correlationId: correlation } = fields;
  if (
    kind === undefined ||
    typeof action !== "string" ||
    typeof conversation !== "string" ||
    typeof correlation !== "number"
  ) {
    return undefined;
  }
  return { action, kind, conversation, correlation, data: fields["_data"] };
}

/** The answer to `request`, in the form that office.js expects. `origin` is that of the host page. */
export function writeAnswer(request: Request, origin: string, data: unknown, code: AnswerCode = AnswerCode.ok): string {
  return write({
    action: request.action,
    conversation: request.conversation,
    correlation: request.correlation,
    origin,
    data,
    code,
    isEvent: false,
  });
}

/** An event that the frame has subscribed to. */
export function writeEvent(name: string, conversation: string, origin: string, data: unknown): string {
  return write({ action: name, conversation, correlation: 0, origin, data, code: AnswerCode.ok, isEvent: true });
}

interface Outgoing {
  action: string;
  conversation: string;
  correlation: number;
  origin: string;
  data: unknown;
  code: AnswerCode;
  isEvent: boolean;
}

function write(out: Outgoing): string {
  return JSON.stringify({
    _messageType: RESPONSE,
    _actionName: out.action,
    _conversationId: out.conversation,
    _correlationId: out.correlation,
    _origin: out.origin,
    _data: out.data,
    _errorCode: out.code,
    _responseType: out.isEvent ? 1 : 0,
    _serializerVersion: 1,
  });
}

function parseObject(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}
