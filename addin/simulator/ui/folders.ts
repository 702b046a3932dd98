// The folders, and the mails to try out.

import type { Folder, MailClient } from "../client";
import { INBOX } from "../people";
import { button, byId, make, redraw } from "./dom";
import { icon } from "./icons";
import { renderReadyMails } from "./ready";

const FOLDERS: readonly Folder[] = ["inbox", "drafts", "sent"];

export function renderFolders(mail: MailClient): void {
  const counts: Readonly<Record<Folder, number>> = {
    inbox: INBOX.length,
    drafts: mail.mailbox.drafts.length,
    sent: mail.mailbox.sent.length,
  };
  const entries = FOLDERS.map((folder) => {
    const entry = button("", () => mail.openFolder(folder), {
      class: "folder",
      "data-key": folder,
      "data-folder": folder,
      "aria-current": mail.folder === folder ? "true" : undefined,
    });
    entry.append(icon(folder), make("span", {}, mail.say(folder)));
    if (counts[folder] > 0) {
      entry.append(make("span", { class: "count" }, String(counts[folder])));
    }
    return make("li", {}, entry);
  });
  redraw(
    byId("folders"),
    make(
      "section",
      { "aria-labelledby": "folders-title" },
      make("h2", { id: "folders-title" }, mail.say("folders")),
      make("ul", {}, ...entries),
    ),
    renderReadyMails(mail),
  );
}
