using System.Diagnostics;
using System.IO;
using System.Net.Http;
using System.Text.Json;
using System.Threading.Tasks;
using Microsoft.Playwright;
using NUnit.Framework;
using NanoComm.Tests.Scenarios;
using static Microsoft.Playwright.Assertions;

namespace NanoComm.Tests.Web
{
    /// <summary>Each button does what it says: pressed in a browser, and seen in the board's log and over ECHONET Lite.</summary>
    [Parallelizable(ParallelScope.All)]
    [Explicit("four minutes of browsers on two processors: dotnet test tests/Web --filter FullyQualifiedName~ButtonTests")]
    internal static class ButtonTests
    {
        private const string GetPower = "1081 0001 05FF01 028801 62 01 E700";
        private const string NoPower = "7FFFFFFE";

        [Test]
        public static async Task Pull_the_plug()
        {
            using ShownBoard board = new("--wisun", "none");
            board.WaitFor("live");
            await using Window window = await Browser.Open(board.Page);
            IPage page = window.Page;

            // It lasts a second, and is not to be missed by who looks now and then.
            await page.EvaluateAsync("""
                () => {
                    window.states = [];
                    new MutationObserver(() => window.states.push(document.querySelector('#state').textContent))
                        .observe(document.querySelector('#state'), { childList: true, characterData: true, subtree: true });
                }
                """);
            await Press(page, "plug", "Pull the plug");
            await page.WaitForFunctionAsync("() => window.states.includes('no power')");
            board.WaitFor("end");
            board.WaitFor("start");
            board.WaitFor("state", "\"metering\":\"Reading\"");
            Assert.That(board.Ask(GetPower), Does.Contain("7201E704").And.Not.EndWith(NoPower));
            await Expect(page.Locator("#state")).ToHaveTextAsync("reading");
            ILocator started = page.Locator("#security tr").Filter(new() { HasText = "started" });
            await Expect(started.Locator("td").First).ToHaveTextAsync("2");
        }

        [Test]
        public static async Task Cut_the_line_and_mend_it()
        {
            using ShownBoard board = new("--wisun", "none");
            board.WaitFor("live");
            await using Window window = await Browser.Open(board.Page);
            IPage page = window.Page;
            await Press(page, "line", "Cut the line");
            await Expect(page.Locator("#drawing .line")).ToHaveAttributeAsync("data-cut", "true");
            await Expect(page.Locator("#drawing .line")).Not.ToHaveAttributeAsync("data-good", "true");
            Assert.That(board.Ask(GetPower), Does.EndWith(NoPower));
            await Press(page, "line", "Mend the line");
            await Expect(page.Locator("#drawing .line")).ToHaveAttributeAsync("data-good", "true");
            Assert.That(board.Ask(GetPower), Does.Contain("7201E704").And.Not.EndWith(NoPower));
            await Expect(page.Locator("[data-id=line] button")).ToHaveTextAsync("Cut the line");
        }

        [Test]
        public static async Task Make_noise_and_end_it()
        {
            using ShownBoard board = new("--wisun", "none");
            board.WaitFor("live");
            await using Window window = await Browser.Open(board.Page);
            IPage page = window.Page;
            await Press(page, "noise", "Make noise on the line");
            ILocator dropped = Counter(page, "frames dropped on the line");
            await Expect(dropped).Not.ToHaveTextAsync("none");
            await Expect(page.Locator("#drawing .line")).ToHaveAttributeAsync("data-noisy", "true");
            await Press(page, "noise", "End the noise");
            await Expect(page.Locator("#drawing .line")).Not.ToHaveAttributeAsync("data-noisy", "true");
            Assert.That(board.Ask(GetPower), Does.Contain("7201E704"));
            board.Program.Interrupt();
            JsonElement end = board.WaitFor("end");
            Assert.That(end.GetProperty("linkDrops").EnumerateObject(), Is.Not.Empty);
        }

        [Test]
        public static async Task Change_the_unit()
        {
            using ShownBoard board = new();
            board.WaitFor("live");
            await using Window window = await Browser.Open(board.Page);
            IPage page = window.Page;
            await Press(page, "change", "Change the unit");
            board.WaitFor("start");
            JsonElement paired = board.WaitFor("state", "\"metering\":\"Reading\"");
            Assert.That(paired.GetProperty("pairing").GetString(), Is.EqualTo("Paired"));
            Assert.That(paired.GetProperty("epoch").GetInt32(), Is.EqualTo(1));
            await Expect(Fact(page, "Pairing")).ToHaveTextAsync(new System.Text.RegularExpressions.Regex("^paired \\(epoch 1, 4E4343"));
            await Expect(Fact(page, "B route")).ToHaveTextAsync("open");
            foreach (string name in new[] { "ticket taken", "paired", "order carried out" })
            {
                await Expect(page.Locator("#security th").GetByText(name, new() { Exact = true })).ToBeVisibleAsync();
            }

            Assert.That(board.Ask(GetPower), Does.Contain("7201E704").And.Not.EndWith(NoPower));

            // And the one that came is changed in its turn.
            await Press(page, "change", "Change the unit");
            board.WaitFor("state", "\"epoch\":2", "\"metering\":\"Reading\"");
        }

        [Test]
        public static async Task Sag_the_supply_and_restore_it_by_the_command_that_it_shows()
        {
            using ShownBoard board = new();
            board.WaitFor("live");
            await using Window window = await Browser.Open(board.Page);
            IPage page = window.Page;
            await Press(page, "supply", "Sag the supply");
            board.WaitFor("power", "\"supplyLow\":true", "\"state\":\"shed\"");
            await Expect(page.Locator("#supply")).ToContainTextAsync("shed");
            await Expect(page.Locator("[data-id=supply] button")).ToHaveTextAsync("Restore the supply");
            await page.Locator("[data-id=supply] summary").ClickAsync();
            string command = await page.Locator("[data-id=supply] code").Last.InnerTextAsync();
            Assert.That(command, Does.StartWith("curl "));
            using Process shell = Process.Start(new ProcessStartInfo("bash", ["-c", command]) { RedirectStandardOutput = true });
            Assert.That(shell.StandardOutput.ReadToEnd(), Is.Empty);
            await Expect(page.Locator("[data-id=supply] button")).ToHaveTextAsync("Sag the supply");
            await Expect(page.Locator("#security")).ToContainTextAsync("supply low");
        }

        [Test]
        [Platform("Linux")]
        public static async Task Forget_the_HEMS()
        {
            string folder = Directory.CreateTempSubdirectory("nanocomm-web-").FullName;
            try
            {
                string dongle = Path.Combine(folder, "dongle");
                using ShownBoard board = new("--hems-dongle", dongle);
                await using Window window = await Browser.Open(board.Page);
                IPage page = window.Page;
                await Expect(page.Locator("[data-id=hems] button")).ToHaveAttributeAsync("aria-disabled", "true");
                await Expect(page.Locator("[data-id=hems] .why")).ToHaveTextAsync("No HEMS has joined over Wi-SUN.");
                board.WaitFor("wiSun", "\"state\":\"Ready\"");
                using var hems = new NanocommProgram("hems", "--port", dongle, "--id", "00112233445566778899AABBCCDDEEFF",
                    "--password", "0123456789AB", "--every", "2");
                board.WaitFor("wiSun", "\"state\":\"Joined\"");
                await Press(page, "hems", "Forget the HEMS");
                hems.WaitFor("joined");
                hems.WaitFor("joined");
                board.WaitFor("wiSun", "\"joins\":2");
                await Expect(page.Locator("#security")).ToContainTextAsync("terminal left");
            }
            finally
            {
                Directory.Delete(folder, true);
            }
        }

        // What is not simulated is let alone, and the button says why.
        [Test]
        public static async Task Where_the_site_is_real_buttons_say_why_not()
        {
            using ShownBoard board = new("--mu", "tcp:127.0.0.1:1", "--wisun", "none");
            await using Window window = await Browser.Open(board.Page);
            IPage page = window.Page;
            foreach (string id in new[] { "line", "noise", "change" })
            {
                await Expect(page.Locator($"[data-id={id}] button")).ToHaveAttributeAsync("aria-disabled", "true");
                await Expect(page.Locator($"[data-id={id}] .why")).ToHaveTextAsync("The metering unit is not simulated here (--mu).");
            }

            await Expect(page.Locator("[data-id=hems] .why")).ToContainTextAsync("no Wi-SUN module");
            Assert.That(Post(board, "cut-line"), Is.EqualTo("409 elsewhere"));
            Assert.That(Post(board, "forget-hems"), Is.EqualTo("409 noWiSun"));
        }

        [Test]
        public static async Task With_a_store_the_unit_is_not_changed()
        {
            string folder = Directory.CreateTempSubdirectory("nanocomm-web-").FullName;
            try
            {
                using ShownBoard board = new("--store", folder, "--wisun", "none");
                board.WaitFor("live");
                await using Window window = await Browser.Open(board.Page);
                IPage page = window.Page;
                Assert.That(Post(board, "change-unit"), Is.EqualTo("409 stored"));
                await Expect(page.Locator("[data-id=change] button")).ToHaveAttributeAsync("aria-disabled", "true");
                await Press(page, "plug", "Pull the plug");
                board.WaitFor("start");
                board.WaitFor("live");
            }
            finally
            {
                Directory.Delete(folder, true);
            }
        }

        // With the keyboard; and the button does not move on before the page knows.
        private static async Task Press(IPage page, string id, string name)
        {
            ILocator button = page.Locator($"[data-id={id}] button");
            await Expect(button).ToHaveTextAsync(name);
            await Expect(button).Not.ToHaveAttributeAsync("aria-disabled", "true");
            await button.FocusAsync();
            await page.Keyboard.PressAsync("Enter");
            await Expect(page.Locator("#done")).ToHaveTextAsync($"Done: {name}.");
        }

        private static string Post(ShownBoard board, string action)
        {
            using var http = new HttpClient { BaseAddress = board.Root };
            using var request = new HttpRequestMessage(HttpMethod.Post, "/do/" + action);
            request.Headers.Add("X-NanoComm-Token", board.Token);
            using HttpResponseMessage answer = http.Send(request);
            return $"{(int)answer.StatusCode} {answer.Content.ReadAsStringAsync().Result.Trim()}";
        }

        private static ILocator Counter(IPage page, string name)
        {
            return page.Locator("#counters div").Filter(new() { Has = page.GetByText(name, new() { Exact = true }) }).Locator("dd");
        }

        private static ILocator Fact(IPage page, string name)
        {
            return page.Locator("#unit-facts div").Filter(new() { Has = page.GetByText(name, new() { Exact = true }) }).Locator("dd");
        }
    }
}
