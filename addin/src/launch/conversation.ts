import { once, request, type EngineSource } from "../engine/source";
import { CHECK_LIMIT } from "../judge/check";
import { readDraft } from "../judge/draft";
import type { Pack } from "../judge/pack";
import * as office from "../office";

/**
 * Keeps a note with the draft of who is in the conversation to which it was just begun as a reply. A new mail has no
 * conversation, and a forward does not tell who was in its own. Calls `then` at the end, whatever fails: without a note
 * nobody is asked about. Once it is given up it never calls.
 */
export function noteConversation(pack: Pack, engines: EngineSource, then: () => void): office.GiveUp {
  if (pack.policy.conversation !== true || office.supports("1.11") !== true) {
    then();
    return () => undefined;
  }
  const calls: office.GiveUp[] = [];
  const stop = () => {
    for (const giveUp of calls.reverse()) {
      giveUp();
    }
  };
  const end = once(() => {
    stop();
    then();
  });
  calls.push(office.after(CHECK_LIMIT, end));
  const write = (note: string | undefined) => {
    if (note === undefined || note === "") {
      end();
    } else {
      calls.push(office.writeConversation(note, end));
    }
  };
  const read = () => {
    // Its recipients alone are needed: no sign of secure mail is read.
    const reading = readDraft("message", {}, false, ({ draft, complete }) => {
      request(engines.first, (engine) => {
        write(complete ? office.attempt(() => engine?.conversation(draft)) : undefined);
      });
    });
    calls.push(reading.giveUp);
  };
  calls.push(
    office.readIsReply((answer) => {
      if (answer.ok && answer.value) {
        read();
      } else {
        end();
      }
    }),
  );
  return stop;
}
