// What the add-in's content security policy refuses of Microsoft's scripts, and that the add-in works all the same.
// `SENDVAGT_MICROSOFT_AJAX` names a copy of the real library, to run these tests with it instead of the stand-in.

import type { Frame, Page } from "@playwright/test";

import { expect, test } from "./fixture";
import { ADDIN_ORIGIN, MICROSOFT_AJAX } from "./network";

interface Refused {
  readonly directive: string;
  readonly blocked: string;
  readonly source: string;
}

/** Collects what the policies of all frames refuse from now on. */
async function refusals(page: Page): Promise<Refused[]> {
  const found: Refused[] = [];
  await page.exposeFunction("refused", (one: Refused) => found.push(one));
  await page.addInitScript(() => {
    document.addEventListener("securitypolicyviolation", ({ effectiveDirective, blockedURI, sourceFile }) => {
      (window as unknown as { refused: (one: Refused) => void }).refused({
        directive: effectiveDirective,
        blocked: blockedURI,
        source: sourceFile,
      });
    });
  });
  return found;
}

const EVAL: Refused = { directive: "script-src", blocked: "eval", source: MICROSOFT_AJAX };

test("Microsoft's library stops while it loads, and Send and the pane work", async ({ mail }) => {
  const found = await refusals(mail.page);
  await mail.open();
  await mail.compose({
    from: "sikkerpost@kommune.example",
    to: ["akut@region.example"],
    subject: "Vedr. 010203-1234, underretning",
  });
  expect(await mail.send()).toBe("dialog");
  expect((await mail.read("events")).map(({ type, outcome }) => `${type}: ${outcome ?? ""}`)).toContain(
    "OnMessageSend: completed",
  );
  expect((await mail.read("dialog"))?.kind).toBe("blocked");
  await mail.press("Vis og ret");
  const pane = await mail.pane();
  await pane.getByRole("button", { name: /Flyt nummeret/ }).click();
  await expect(pane.locator("#status")).toContainText("Rettet");
  expect((await mail.read("draft"))?.subject).not.toContain("010203");
  expect(await mail.send()).toBe("sent");

  expect(found.length).toBeGreaterThan(0);
  expect(new Set(found.map((one) => JSON.stringify(one)))).toEqual(new Set([JSON.stringify(EVAL)]));
  // Two errors a page: the refusal, and the library's own. None of them is the add-in's: `mail.errors` is empty.
  for (const error of mail.libraryErrors) {
    expect(error).toMatch(/Content Security Policy|ArgumentException|deserialize/i);
  }
});

test("what office.js needs of the library is there, and what comes after the refused eval is not", async ({ mail }) => {
  await mail.open();
  await mail.compose({ to: ["akut@region.example"] });
  await mail.page.evaluate(() => window.simulator.openPane());
  const pane = await mail.pane();
  expect(
    await pane.evaluate(() => {
      interface Library {
        StringBuilder?: unknown;
        Serialization?: { JavaScriptSerializer?: { serialize?: unknown } };
        CultureInfo?: { CurrentCulture?: unknown };
        UI?: { Behavior?: unknown };
      }
      const { Sys } = window as unknown as { Sys: Library };
      const functions = Function as unknown as { _validateParams?: unknown; registerNamespace?: unknown };
      return {
        needed: [
          Sys.StringBuilder,
          Sys.Serialization?.JavaScriptSerializer?.serialize,
          functions._validateParams,
          functions.registerNamespace,
        ].map((part) => typeof part),
        missing: [Sys.CultureInfo?.CurrentCulture, Sys.UI?.Behavior].map((part) => typeof part),
      };
    }),
  ).toEqual({ needed: Array(4).fill("function"), missing: ["undefined", "undefined"] });
});

/** As office.js opens it in the pane of classic Outlook, three seconds after it has loaded. */
const TELEMETRY = "https://telemetryservice.firstpartyapps.oaspapps.com/telemetryservice/telemetryproxy.html";

async function openTelemetry(frame: Frame): Promise<void> {
  await frame.evaluate((address) => {
    const proxy = document.createElement("iframe");
    proxy.setAttribute("style", "display:none");
    proxy.setAttribute("src", address);
    document.head.appendChild(proxy);
  }, TELEMETRY);
}

test("the telemetry frame of newer versions of office.js is refused, and nothing else happens", async ({
  mail,
  network,
}) => {
  mail.expected.errors.push(/Framing '.*telemetryservice\.firstpartyapps|^Applying inline style/);
  const found = await refusals(mail.page);
  await mail.open();
  await mail.compose({ to: ["akut@region.example"], subject: "Referat" });
  await mail.page.evaluate(() => window.simulator.openPane());
  const pane = await mail.pane();
  await openTelemetry(pane);
  const address = new URL(TELEMETRY);
  const own = () => found.filter(({ source }) => source !== MICROSOFT_AJAX);
  await expect
    .poll(() => own().map(({ directive, blocked }) => `${directive} ${blocked}`))
    .toEqual(["style-src-attr inline", `frame-src ${address.origin}`]);
  // It needs no style to be hidden: it is in the head.
  await expect(pane.locator("head > iframe")).toBeHidden();
  expect(network.requests.filter((address) => address.startsWith(TELEMETRY))).toEqual([]);
  expect(new URL(pane.url()).origin).toBe(ADDIN_ORIGIN);
  await expect(pane.locator("#status")).toContainText("Emne og modtagere er i orden");
  expect(await mail.send()).toBe("sent");
});
