// The mail or meeting being written. The form and the add-in change the same item, and each is notified of the other's
// changes.

import type { Person } from "../people";

export type ItemKind = "message" | "appointment";
/** For a meeting, `to` are the required and `cc` the optional attendees, as on office.js's wire. */
export type RecipientField = "to" | "cc" | "bcc";
export const RECIPIENT_FIELDS: readonly RecipientField[] = ["to", "cc", "bcc"];

export type ComposeType = "newMail" | "reply" | "forward";
export type BodyType = "html" | "text";

export interface Recipient extends Person {
  /** The typed text is not an address yet. Office.js does not report such recipients. */
  readonly resolved: boolean;
}

export type NotificationType = "informationalMessage" | "progressIndicator" | "errorMessage" | "insightMessage";

export interface NotificationAction {
  readonly actionType: string;
  readonly actionText: string;
  readonly commandId: string;
  readonly contextData?: unknown;
}

export interface Notification {
  readonly key: string;
  readonly type: NotificationType;
  readonly message: string;
  readonly icon?: string;
  readonly persistent?: boolean;
  readonly actions?: readonly NotificationAction[];
}

export interface Attachment {
  readonly id: string;
  readonly name: string;
  /** Bytes. */
  readonly size: number;
  readonly isInline: boolean;
  /** A link to a file that lies elsewhere. */
  readonly isCloud?: boolean;
}

/** What is attached from the beginning. */
export type AttachmentStart = Pick<Attachment, "name"> & Partial<Pick<Attachment, "isInline" | "isCloud">>;

export type Part =
  | "subject"
  | "recipients"
  | "body"
  | "from"
  | "label"
  | "notifications"
  | "attachments"
  | "location"
  | "times"
  /** What the add-in remembers about the item while it is open. */
  | "session";
export type Author = "user" | "add-in";

export interface Change {
  readonly part: Part;
  readonly by: Author;
  /** With `recipients`: the fields that changed. */
  readonly fields?: readonly RecipientField[];
}

export interface Start {
  readonly kind: ItemKind;
  readonly composeType: ComposeType;
  readonly from: Person;
  readonly subject?: string;
  readonly recipients?: Partial<Record<RecipientField, readonly Recipient[]>>;
  readonly body?: string;
  readonly bodyType?: BodyType;
  readonly attachments?: readonly AttachmentStart[];
  readonly cancels?: boolean;
}

/** Milliseconds since 1970. */
interface Times {
  readonly start: number;
  readonly end: number;
}

type Listener = (change: Change) => void;

export class Item {
  readonly kind: ItemKind;
  readonly composeType: ComposeType;
  readonly id = `item-${crypto.randomUUID()}`;
  readonly bodyType: BodyType;
  readonly sessionData = new Map<string, string>();
  readonly internetHeaders = new Map<string, string>();
  readonly notifications = new Map<string, Notification>();
  readonly attachments = new Map<string, Attachment>();
  customProperties: Record<string, unknown> = {};
  /** Inserts at the caret in the body; the form sets it. */
  insertAtCaret: ((data: string, type: BodyType) => boolean) | undefined;
  saved = false;
  /** When it is to be sent, in milliseconds since 1970; at once if undefined. */
  scheduledFor: number | undefined;
  /** Does it cancel a meeting that was sent before? */
  readonly cancels: boolean;
  /** How often an add-in has read the body. */
  bodyReads = 0;
  private readonly content: { subject: string; from: Person; body: string; location: string; times: Times };
  private readonly recipientsByField: Record<RecipientField, readonly Recipient[]>;
  private readonly listeners = new Set<Listener>();

  constructor(start: Start) {
    this.kind = start.kind;
    this.composeType = start.composeType;
    this.bodyType = start.bodyType ?? "html";
    this.cancels = start.cancels ?? false;
    for (const attached of start.attachments ?? []) {
      const id = `attachment-${crypto.randomUUID()}`;
      this.attachments.set(id, { size: 20_480, isInline: false, ...attached, id });
    }
    this.recipientsByField = { to: [], cc: [], bcc: [], ...start.recipients };
    const nextHour = Math.ceil(Date.now() / 3_600_000) * 3_600_000;
    const { subject = "", from, body = "" } = start;
    const times = { start: nextHour, end: nextHour + 1_800_000 };
    this.content = { subject, from, body, location: "", times };
  }

  get subject(): string {
    return this.content.subject;
  }
  get from(): Person {
    return this.content.from;
  }
  /** HTML or plain text, as {@link bodyType} says. */
  get body(): string {
    return this.content.body;
  }
  get location(): string {
    return this.content.location;
  }
  get times(): Times {
    return this.content.times;
  }

  recipients(field: RecipientField): readonly Recipient[] {
    return this.recipientsByField[field];
  }

  setSubject(subject: string, by: Author): void {
    this.content.subject = subject;
    this.tell({ part: "subject", by });
  }

  setFrom(from: Person, by: Author): void {
    this.content.from = from;
    this.tell({ part: "from", by });
  }

  /** Only the event of it is played: this build of office.js cannot read a label. */
  setLabel(by: Author): void {
    this.tell({ part: "label", by });
  }

  setBody(body: string, by: Author): void {
    this.content.body = body;
    this.tell({ part: "body", by });
  }

  setRecipients(field: RecipientField, recipients: readonly Recipient[], by: Author): void {
    this.recipientsByField[field] = recipients;
    this.tell({ part: "recipients", by, fields: [field] });
  }

  setLocation(location: string, by: Author): void {
    this.content.location = location;
    this.tell({ part: "location", by });
  }

  setTime(which: "start" | "end", time: number, by: Author): void {
    this.content.times = { ...this.content.times, [which]: time };
    this.tell({ part: "times", by });
  }

  setNotification(notification: Notification, by: Author): void {
    this.notifications.set(notification.key, notification);
    this.tell({ part: "notifications", by });
  }

  removeNotification(key: string, by: Author): void {
    this.notifications.delete(key);
    this.tell({ part: "notifications", by });
  }

  setAttachments(change: (attachments: Map<string, Attachment>) => void, by: Author): void {
    change(this.attachments);
    this.tell({ part: "attachments", by });
  }

  setSessionData(change: (data: Map<string, string>) => unknown, by: Author): void {
    change(this.sessionData);
    this.tell({ part: "session", by });
  }

  /** Calls `listener` after each change; the function that it returns unsubscribes. */
  onChange(listener: Listener): () => void {
    this.listeners.add(listener);
    return () => {
      this.listeners.delete(listener);
    };
  }

  private tell(change: Change): void {
    for (const listener of [...this.listeners]) {
      listener(change);
    }
  }
}
