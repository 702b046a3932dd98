// What is read of a draft beyond subject and recipients. A part of its own: the launch scripts of a site whose policy does not
// ask for it are built without it.

import type { Draft, Unread } from "../contract";
import type { Engine } from "../engine/engine";
import * as office from "../office";
import type { BodyType, GiveUp, Then } from "../office";
import { markRead, markUnread } from "./draft";

/**
 * How long each call for it may take, in milliseconds. A long mail can take seconds (7 s were reported on a Mac with 25 replies:
 * office-js issue 4827): it is then sent or asked about as the policy says for what was not read.
 */
export const CONTENT_LIMIT = 1200;

/** The longest body that is read, in UTF-16 code units. Of a longer one the beginning is, and the engine is told. */
export const BODY_LIMIT = 2_000_000;

/** Adds to a draft what the policy asks for of the rest, and calls `then` once. Until it is read, it is unread. */
export type ReadContent = (engine: Engine, draft: Draft, then: () => void) => GiveUp;

export const readContent: ReadContent = (engine, draft, then) => {
  const calls: GiveUp[] = [];
  let open = 1;
  const end = () => {
    open -= 1;
    if (open === 0) {
      then();
    }
  };
  const want = (part: Unread, start: (end: () => void) => void) => {
    markUnread(draft, part);
    open += 1;
    start(end);
  };
  const wanted = wantedBy(engine, draft);
  if (wanted.indexOf("attachments") >= 0) {
    want("attachments", (end) => {
      const keep = (answer: Parameters<Parameters<typeof office.readAttachments>[0]>[0]) => {
        if (answer.ok) {
          draft.attachments = answer.value;
          markRead(draft, "attachments");
        }
        end();
      };
      calls.push(office.readAttachments(keep, CONTENT_LIMIT));
    });
  }
  if (wanted.indexOf("body") >= 0) {
    want("body", (end) => readBody(draft, calls, end));
  }
  end();
  return () => {
    // Last first: cancelling a pending call would start one that is queued.
    for (const call of calls.reverse()) {
      call();
    }
  };
};

/** An engine that cannot say what is wanted gets nothing, and must not take it for read. */
function wantedBy(engine: Engine, draft: Draft): string[] {
  const wanted = office.attempt(() => engine.wanted(draft));
  if (wanted === undefined) {
    markUnread(draft, "body");
    markUnread(draft, "attachments");
  }
  return (wanted ?? "").split(" ");
}

function readBody(draft: Draft, calls: GiveUp[], end: () => void): void {
  const read = (kind: BodyType) => {
    const keep: Then<string> = (answer) => {
      if (answer.ok) {
        const cut = answer.value.length > BODY_LIMIT;
        const content = cut ? answer.value.slice(0, BODY_LIMIT) : answer.value;
        draft.body = cut ? { kind, content, cut } : { kind, content };
        markRead(draft, "body");
      }
      end();
    };
    calls.push(office.readBody(kind, keep, CONTENT_LIMIT));
  };
  const first: Then<BodyType> = (answer) => {
    if (answer.ok) {
      read(answer.value);
    } else {
      end();
    }
  };
  calls.push(office.readBodyType(first, CONTENT_LIMIT));
}
