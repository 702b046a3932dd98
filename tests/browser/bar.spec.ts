// The bar above a mail that is being written follows the draft, and a user can get rid of it. All numbers are made up.

import type { Simulator } from "../../addin/simulator/api";
import { CALL_NAMES } from "../../addin/simulator/host/methods";
import { expect, test, type Mail } from "./fixture";

const SECURE = "sikkerpost@kommune.example";
const OWN = "mette.sommer@kommune.example";
const LAWYER = "kontakt@dahl-advokater.example";
const HELD = "Vedr. 010203-1234, underretning";

const bars = async (mail: Mail): Promise<string[]> => (await mail.read("notifications")).map(({ message }) => message);
const handled = async (mail: Mail): Promise<string[]> =>
  (await mail.read("events")).map(({ type, outcome }) => `${type} ${outcome ?? ""}`);

/** The number of the call with which a frame starts. */
const INITIAL_DATA = 1;

async function edit(mail: Mail, change: Parameters<typeof window.simulator.edit>[0]): Promise<void> {
  await mail.page.evaluate((wanted) => window.simulator.edit(wanted), change);
  await mail.idle();
}

/** The Outlook calls of the add-in's events since the trace was cleared. */
async function calls(mail: Mail): Promise<(string | undefined)[]> {
  const entries = await mail.trace();
  const made = entries.filter(
    ({ purpose, direction, action, dispatchId }) =>
      purpose === "event" && direction === "from-add-in" && action === "ExecuteMethod" && dispatchId !== INITIAL_DATA,
  );
  return made.map(({ dispatchId = 0 }) => CALL_NAMES[dispatchId]);
}

async function dismiss(mail: Mail): Promise<void> {
  await mail.page.locator("#infobar").getByRole("button", { name: "Fjern beskeden" }).click();
  await mail.idle();
}

test("a draft that is opened again has a bar, though it had none when it was left", async ({ mail }) => {
  await mail.open();
  await mail.compose({ to: ["akut@region.example"], subject: "Referat" });
  // No event tells of another subject.
  await edit(mail, { subject: HELD });
  expect(await bars(mail)).toEqual([]);
  await mail.page.evaluate(() => {
    window.simulator.saveDraft();
    window.simulator.compose();
    window.simulator.openDraft(0);
  });
  await mail.idle();
  expect(await bars(mail)).toEqual([expect.stringContaining("CPR-nummer")]);
});

test("a new mail raises two events, is read once and has one bar", async ({ mail }) => {
  await mail.open();
  await mail.page.evaluate(() => window.simulator.clearTrace());
  await mail.compose({ to: ["akut@region.example"], subject: HELD });
  expect(await handled(mail)).toEqual(["OnNewMessageCompose completed", "OnMessageCompose completed"]);
  expect(await bars(mail)).toHaveLength(1);
  const made = await calls(mail);
  // The first event asks whether it is a reply, before or after the reading that both share.
  expect(made.filter((call) => call === "getComposeTypeAsync")).toHaveLength(1);
  expect(made.filter((call) => call !== "getComposeTypeAsync")).toEqual([
    "subject.getAsync",
    "recipients.getAsync",
    "recipients.getAsync",
    "recipients.getAsync",
    "from.getAsync",
    "sessionData.getAsync",
    "sessionData.getAsync",
    "sessionData.getAsync",
    "notificationMessages.replaceAsync",
    "sessionData.setAsync",
  ]);
});

test("the bar follows the sender, who can make a mail secure mail", async ({ mail }) => {
  await mail.open();
  await mail.compose({ to: [LAWYER], subject: "Aktindsigt" });
  expect(await bars(mail)).toEqual([]);
  await edit(mail, { from: SECURE });
  expect(await bars(mail)).toEqual([expect.stringContaining("kan ikke få sikker post")]);
  await edit(mail, { from: OWN });
  expect(await bars(mail)).toEqual([]);
});

test("another label is not read where the policy knows no label", async ({ mail }) => {
  await mail.open();
  await mail.compose({ to: ["akut@region.example"], subject: HELD });
  await mail.page.evaluate(() => window.simulator.clearTrace());
  await edit(mail, { relabel: true });
  expect(await handled(mail)).toEqual(["OnSensitivityLabelChanged completed"]);
  expect(await calls(mail)).toEqual([]);
});

test("a bar that was dismissed stays away, a new finding shows again, and Send stops all the same", async ({
  mail,
}) => {
  await mail.open();
  await mail.compose({ to: ["akut@region.example"], subject: HELD });
  expect(await bars(mail)).toHaveLength(1);
  await dismiss(mail);
  expect(await bars(mail)).toEqual([]);
  await edit(mail, { cc: ["bo.lind@kommune.example"] });
  await edit(mail, { from: SECURE });
  expect(await bars(mail)).toEqual([]);
  await edit(mail, { cc: [LAWYER] });
  expect(await bars(mail)).toEqual([expect.stringContaining("Og én ting mere")]);
  await edit(mail, { cc: [] });
  expect(await bars(mail), "the first finding alone was dismissed").toEqual([]);
  expect(await mail.send()).toBe("dialog");
  expect(JSON.stringify((await mail.read("draft"))?.sessionData)).not.toContain("0102");
});

test("the pane does not bring a dismissed bar back", async ({ mail }) => {
  await mail.open();
  await mail.compose({ to: ["akut@region.example"], subject: HELD });
  await dismiss(mail);
  await mail.page.evaluate(() => window.simulator.openPane());
  const pane = await mail.pane();
  await expect(pane.locator("#findings > li")).toHaveCount(1);
  const isAskedOf = ({ purpose, data }: Simulator["trace"][number]) =>
    purpose === "pane" && JSON.stringify(data).includes("sendvagt.bar");
  await expect.poll(async () => (await mail.trace()).some(isAskedOf)).toBe(true);
  await mail.idle();
  expect(await bars(mail)).toEqual([]);
});

for (const client of ["old", "phone"]) {
  test(`a client without the newer events works as before: ${client}`, async ({ mail }) => {
    await mail.open({ client });
    await mail.compose({ to: ["akut@region.example"], subject: HELD });
    expect(await bars(mail)).toHaveLength(1);
  });
}
