// The simulator's own rules for Send, tested with small add-ins that each do one thing. Microsoft's article on Smart
// Alerts defines them; the tables in `policy.test.ts` cover every case, and here they run.

import { expect, test, type Mail } from "./fixture";
import { tinyAddin, type TinyAddin } from "./tiny-addin";

const START = { to: ["a@region.example"], subject: "Hej" };
const ALLOW = "event.completed({allowEvent: true});";
const STOP = 'event.completed({allowEvent: false, errorMessage: "Nej."});';
const MODES = ["PromptUser", "SoftBlock", "Block"] as const;
/** Long enough for a frame to load on a busy machine. */
const PATIENT = 15_000;

async function begin(mail: Mail, query: Record<string, string> = {}): Promise<void> {
  await mail.open(query);
  await mail.timers({ slow: PATIENT });
  await mail.compose(START);
}

test.describe("an add-in that allows every mail", () => {
  test.use({ addin: tinyAddin({ onSend: ALLOW }) });

  test("the mail is in Sent and the form is closed", async ({ mail }) => {
    await begin(mail);
    await mail.page.locator("#send").click();
    await expect(mail.page.locator("#sent li")).toHaveAttribute("data-how", "checked");
    await expect(mail.page.locator("#compose")).toHaveCount(0);
    expect(await mail.read("sent")).toMatchObject([{ subject: "Hej", to: ["a@region.example"], how: "checked" }]);
  });

  test("each Send gets a frame of its own", async ({ mail }) => {
    await begin(mail);
    await mail.send();
    await mail.compose(START);
    await mail.send();
    const frames = new Set(
      (await mail.read("trace")).filter(({ purpose }) => purpose === "event").map(({ frame }) => frame),
    );
    expect(frames.size).toBe(2);
  });

  test("without a recipient the form itself refuses", async ({ mail }) => {
    await mail.open();
    await mail.compose({ subject: "Hej" });
    expect(await mail.send()).toBe("refused");
    await expect(mail.page.locator("#compose-status")).toHaveText("Skriv mindst én modtager.");
    expect(await mail.read("events")).toEqual([]);
  });

  test("a recipient that is not an address holds the mail back", async ({ mail }) => {
    await mail.open();
    await mail.compose({ to: ["Nogen"], subject: "Hej" });
    expect(await mail.send()).toBe("refused");
    expect(await mail.read("sent")).toEqual([]);
  });
});

for (const sendMode of MODES) {
  test.describe(`an add-in that stops every mail, ${sendMode}`, () => {
    test.use({ addin: tinyAddin({ onSend: STOP, sendMode }) });

    test("the dialog says why, the mail stays", async ({ mail }) => {
      await begin(mail);
      expect(await mail.send()).toBe("dialog");
      await expect(mail.dialog).toHaveAccessibleName("Lille");
      await expect(mail.dialog).toHaveAccessibleDescription("Nej.");
      expect(await mail.buttons()).toEqual(sendMode === "PromptUser" ? ["Send alligevel", "Send ikke"] : ["Send ikke"]);
      await expect(mail.dialog.getByRole("button", { name: "Send ikke" })).toBeFocused();
      await mail.press("Send ikke");
      await expect(mail.dialog).toHaveCount(0);
      await expect(mail.page.locator("#compose-status")).toHaveText("Ikke sendt.");
      expect(await mail.read("sent")).toEqual([]);
      expect(await mail.read("draft")).toMatchObject({ subject: "Hej" });
    });

    test("Escape is Don't send", async ({ mail }) => {
      await begin(mail, { lang: "en" });
      await mail.send();
      await mail.page.keyboard.press("Escape");
      await expect(mail.page.locator("#compose-status")).toHaveText("Not sent.");
      expect(await mail.read("sent")).toEqual([]);
    });
  });
}

test.describe("send anyway", () => {
  test.use({ addin: tinyAddin({ onSend: STOP, sendMode: "PromptUser" }) });

  test("sends, and the mail is marked as not checked", async ({ mail }) => {
    await begin(mail);
    await mail.send();
    await mail.press("Send alligevel");
    await expect(mail.page.locator("#sent li")).toHaveAttribute("data-how", "send-anyway");
    await expect(mail.page.locator("#status")).toHaveText("Sendt uden kontrol.");
  });
});

test.describe("a send mode that is relaxed at run time", () => {
  test.use({
    addin: tinyAddin({
      onSend: 'event.completed({allowEvent: false, errorMessage: "Nej.", sendModeOverride: "promptUser"});',
      sendMode: "SoftBlock",
    }),
  });

  test("gives Send anyway only on a client with 1.14 or later", async ({ mail }) => {
    for (const [client, expected] of [
      ["web", ["Send alligevel", "Send ikke"]],
      ["mac", ["Send alligevel", "Send ikke"]],
      ["old", ["Send ikke"]],
    ] as const) {
      await begin(mail, { client });
      await mail.send();
      expect(await mail.buttons(), client).toEqual(expected);
    }
  });
});

test.describe("an add-in that offers an action", () => {
  const onSend =
    'event.completed({allowEvent: false, errorMessage: "Nej.", cancelLabel: "Ret emnet", commandId: "message-pane", contextData: JSON.stringify({why: "cpr"})});';
  const pane =
    'Office.context.mailbox.item.getInitializationContextAsync(function (r) { document.body.textContent = "context " + r.value; });';
  test.use({ addin: tinyAddin({ onSend, pane }) });

  test("Take action opens the pane with the context, and the mail stays", async ({ mail }) => {
    await begin(mail);
    await mail.send();
    expect(await mail.buttons()).toEqual(["Ret emnet", "Send ikke"]);
    await mail.press("Ret emnet");
    await expect((await mail.pane()).locator("body")).toHaveText('context {"why":"cpr"}');
    expect(await mail.read("sent")).toEqual([]);
    expect((await mail.read("pane"))?.commandId).toBe("message-pane");
  });

  test("an open pane restarts with the context", async ({ mail }) => {
    await begin(mail);
    await mail.page.evaluate(() => window.simulator.openPane());
    await expect((await mail.pane()).locator("body")).toHaveText("context ");
    await mail.send();
    await mail.press("Ret emnet");
    await expect((await mail.pane()).locator("body")).toHaveText('context {"why":"cpr"}');
  });

  test("Don't send beside it opens nothing", async ({ mail }) => {
    await begin(mail);
    await mail.send();
    await mail.press("Send ikke");
    await expect(mail.page.locator("#pane")).toBeHidden();
  });

  for (const client of ["mac", "ltsc2024"]) {
    test(`on ${client} Don't send gets the label and opens the pane`, async ({ mail }) => {
      await begin(mail, { client });
      await mail.send();
      expect(await mail.buttons()).toEqual(["Ret emnet"]);
      await mail.press("Ret emnet");
      await expect((await mail.pane()).locator("body")).toHaveText('context {"why":"cpr"}');
    });
  }

  test("closing the dialog opens the pane too on LTSC 2024, but not on the Mac", async ({ mail }) => {
    for (const [client, opens] of [
      ["ltsc2024", true],
      ["mac", false],
    ] as const) {
      await begin(mail, { client });
      await mail.send();
      await mail.page.keyboard.press("Escape");
      await expect(mail.page.locator("#pane iframe"), client).toHaveCount(opens ? 1 : 0);
    }
  });

  test("a client with 1.12 ignores the options without a violation", async ({ mail }) => {
    await begin(mail, { client: "old" });
    await mail.send();
    expect(await mail.buttons()).toEqual(["Send ikke"]);
    expect((await mail.read("events")).at(-1)?.ignored).toEqual(["cancelLabel", "commandId", "contextData"]);
  });
});

test.describe("an action whose command does not exist", () => {
  test.use({
    addin: tinyAddin({ onSend: 'event.completed({allowEvent: false, errorMessage: "Nej.", commandId: "nowhere"});' }),
  });

  test("the button just cancels", async ({ mail }) => {
    await begin(mail);
    await mail.send();
    await mail.press("Udfør handling");
    await expect(mail.dialog).toHaveCount(0);
    expect([await mail.read("pane"), await mail.read("sent")]).toEqual([undefined, []]);
  });
});

test.describe("Markdown", () => {
  test.use({
    addin: tinyAddin({
      onSend:
        'event.completed({allowEvent: false, errorMessage: "Nej.", errorMessageMarkdown: "**Nej**, se [her](https://kommune.example).\\n\\n- a\\r- <b>b</b>\\r"});',
    }),
  });

  test("is rendered if the client supports it, and HTML in it is text", async ({ mail }) => {
    await begin(mail);
    await mail.send();
    await expect(mail.dialog.locator("strong")).toHaveText("Nej");
    await expect(mail.dialog.getByRole("link", { name: "her" })).toHaveAttribute("href", "https://kommune.example");
    await expect(mail.dialog.getByRole("listitem")).toHaveText(["a", "<b>b</b>"]);
  });

  test("gives way to the plain text on the Mac", async ({ mail }) => {
    await begin(mail, { client: "mac" });
    await mail.send();
    await expect(mail.dialog).toHaveAccessibleDescription("Nej.");
  });
});

test.describe("an add-in without a message", () => {
  test.use({ addin: tinyAddin({ onSend: "event.completed({allowEvent: false});" }) });

  test("the client says that the add-in prevents the mail", async ({ mail }) => {
    await begin(mail, { lang: "en" });
    await mail.send();
    await expect(mail.dialog).toHaveAccessibleDescription("Tiny is preventing the mail from being sent.");
  });
});

test.describe("an add-in that never completes", () => {
  for (const sendMode of MODES) {
    test.describe(sendMode, () => {
      test.use({ addin: tinyAddin({ onSend: "", sendMode }) });
      const expected = sendMode === "PromptUser" ? ["Send alligevel", "Send ikke"] : ["Send ikke"];

      test("the client says that the check takes long, and later that the time is up", async ({ mail }) => {
        await begin(mail);
        await mail.timers({ slow: 100, timeout: 1500 });
        expect(await mail.send()).toBe("dialog");
        expect([(await mail.read("dialog"))?.kind, await mail.buttons()]).toEqual(["slow", expected]);
        await expect(mail.dialog).toHaveAttribute("data-kind", "timed-out");
        expect(await mail.buttons()).toEqual(expected);
        await mail.press("Send ikke");
        expect(await mail.read("sent")).toEqual([]);
      });
    });
  }

  test.describe("abandoned by the user", () => {
    test.use({ addin: tinyAddin({ onSend: "", sendMode: "PromptUser" }) });

    test("Send anyway sends and ends the event", async ({ mail }) => {
      await begin(mail);
      await mail.timers({ slow: 100 });
      await mail.send();
      await mail.press("Send alligevel");
      await expect(mail.page.locator("#sent li")).toHaveAttribute("data-how", "send-anyway");
      expect((await mail.read("events")).map(({ outcome }) => outcome)).toEqual(["stopped"]);
      await expect(mail.page.locator("#runtimes iframe")).toHaveCount(0);
    });
  });

  test("the documented limits are 5 seconds and 5 minutes", async ({ mail }) => {
    await mail.open();
    expect(await mail.read("timers")).toMatchObject({ slow: 5_000, timeout: 300_000 });
  });
  test.use({ addin: tinyAddin({ onSend: "" }) });
});

test.describe("an add-in that is slow but completes", () => {
  test.use({ addin: tinyAddin({ onSend: "setTimeout(function () { event.completed({allowEvent: true}); }, 700);" }) });

  test("the dialog closes by itself and the mail is sent", async ({ mail }) => {
    await begin(mail);
    await mail.timers({ slow: 50 });
    await mail.send();
    expect((await mail.read("dialog"))?.kind).toBe("slow");
    await expect(mail.page.locator("#sent li")).toHaveAttribute("data-how", "checked");
    await expect(mail.dialog).toHaveCount(0);
  });
});

test.describe("an add-in whose handler throws", () => {
  test.use({ addin: tinyAddin({ onSend: 'throw new Error("on purpose");' }) });

  test("behaves like an add-in that never completes", async ({ mail }) => {
    mail.expected.errors.push(/on purpose/);
    await begin(mail);
    await mail.timers({ slow: 600, timeout: 900 });
    await mail.send();
    await expect(mail.dialog).toHaveAttribute("data-kind", "timed-out");
    expect(mail.errors.join()).toMatch(/on purpose/);
  });
});

test.describe("an add-in that completes twice", () => {
  test.use({ addin: tinyAddin({ onSend: `${STOP} ${ALLOW}` }) });

  test("the first counts, the second is reported", async ({ mail }) => {
    mail.expected.violations.push(/^completed-twice/);
    await begin(mail);
    await mail.send();
    await expect(mail.dialog).toHaveAccessibleDescription("Nej.");
    await expect(mail.page.locator("#complaints")).toContainText("called completed() again");
    expect(await mail.read("sent")).toEqual([]);
    expect((await mail.read("events")).at(-1)?.completions).toHaveLength(2);
  });
});

test.describe("an add-in that misspells an option", () => {
  test.use({ addin: tinyAddin({ onSend: 'event.completed({allowEvent: false, errorMesage: "Nej."});' }) });

  test("the simulator reports it", async ({ mail }) => {
    mail.expected.violations.push(/completed-option/);
    await begin(mail);
    await mail.send();
    await expect(mail.page.locator("#complaints")).toContainText('no option "errorMesage"');
  });
});

test.describe("a message that is too long", () => {
  test.use({ addin: tinyAddin({ onSend: 'event.completed({allowEvent: false, errorMessage: "x".repeat(501)});' }) });

  test("is cut and reported", async ({ mail }) => {
    mail.expected.violations.push(/completed-option.*501/);
    await begin(mail);
    await mail.send();
    expect((await mail.read("dialog"))?.text).toHaveLength(500);
    expect(await mail.read("violations")).toHaveLength(1);
  });
});

test.describe("a handler that is not associated", () => {
  const expected = { PromptUser: ["Send alligevel", "Send ikke"], SoftBlock: ["Send ikke"], Block: ["Send ikke"] };
  for (const sendMode of MODES) {
    test.describe(sendMode, () => {
      test.use({ addin: tinyAddin({ onSend: ALLOW, associated: false, sendMode }) });

      test("a global function of the same name does not count", async ({ mail }) => {
        await begin(mail);
        await mail.send();
        await expect(mail.dialog).toHaveAttribute("data-kind", "not-associated");
        expect(await mail.buttons()).toEqual(expected[sendMode]);
      });
    });
  }
});

test.describe("an add-in that is unavailable", () => {
  const expected = {
    PromptUser: ["Send alligevel", "Prøv senere"],
    SoftBlock: ["Send alligevel", "Prøv senere"],
    Block: ["Send ikke"],
  };
  for (const sendMode of MODES) {
    test.describe(sendMode, () => {
      test.use({ addin: tinyAddin({ onSend: ALLOW, sendMode }), answers: { instead: { "launch.html": null } } });

      test("the page does not load", async ({ mail }) => {
        mail.expected.errors.push(/net::ERR_FAILED/);
        await begin(mail);
        await mail.timers({ unavailable: 300 });
        await mail.send();
        await expect(mail.dialog).toHaveAttribute("data-kind", "unavailable");
        expect(await mail.buttons()).toEqual(expected[sendMode]);
      });
    });
  }

  test.describe("because it never calls Office.onReady", () => {
    const files: TinyAddin = { onSend: ALLOW };
    test.use({ addin: { ...tinyAddin(files), "launch.js": "" } });

    test("Try later leaves the mail open", async ({ mail }) => {
      await begin(mail);
      await mail.timers({ unavailable: 800 });
      await mail.send();
      await mail.press("Prøv senere");
      expect([await mail.read("sent"), (await mail.read("draft"))?.subject]).toEqual([[], "Hej"]);
    });
  });
});

test.describe("an add-in newer than the client", () => {
  test.use({ addin: tinyAddin({ onSend: STOP, mailbox: "1.14" }) });

  test("is missing altogether, and the page says so", async ({ mail }) => {
    await begin(mail, { client: "old" });
    await expect(mail.page.locator(".ribbon")).toHaveCount(0);
    await expect(mail.page.locator("#complaints")).toContainText("kræver et nyere program");
    expect(await mail.send()).toBe("sent");
    expect(await mail.read("sent")).toMatchObject([{ how: "unchecked" }]);
  });
});
