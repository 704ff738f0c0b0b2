using System;
using System.Globalization;
using System.Linq;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using NUnit.Framework;
using NanoComm.Audit;
using NanoComm.Echonet;
using NanoComm.Hal;
using NanoComm.MeterLink;
using NanoComm.Pairing;
using NanoComm.Supervision;
using NanoComm.WiSun;
using static Microsoft.Playwright.Assertions;

namespace NanoComm.Tests.Web
{
    /// <summary>The page in a browser: what it shows, and how it is to be used. One board for all.</summary>
    [Parallelizable(ParallelScope.Self)]
    [Explicit("two minutes of browsers on two processors: dotnet test tests/Web --filter FullyQualifiedName~PageTests")]
    internal static class PageTests
    {
        private const string GetUnit = "1081 {0:X4} 05FF01 028801 62 01 E100";
        private const int MostExchanges = 60;

        private static readonly BrowserNewContextOptions Narrow = new() { ViewportSize = new() { Width = 360, Height = 740 } };

        private static ShownBoard _board;

        [OneTimeSetUp]
        public static void Start()
        {
            _board = new ShownBoard("--speed", "60");
        }

        [OneTimeTearDown]
        public static void End()
        {
            _board.Dispose();
            Assert.That(Browser.Errors, Is.Empty, "what the browser's console has complained of");
        }

        [Test]
        public static async Task It_shows_the_unit_and_its_numbers_move()
        {
            await using Window window = await Browser.Open(_board.Page);
            IPage page = window.Page;
            await Expect(page.Locator("#state")).ToHaveTextAsync("reading");
            await Expect(page.Locator("#class")).ToHaveTextAsync("low-voltage smart meter 0x0288");
            await Expect(page.Locator("#drawing .unit")).ToHaveAttributeAsync("data-lit", "true");
            await Expect(page.Locator("#drawing .pattern")).ToHaveTextAsync("steady");
            await Expect(page.Locator("#security tr")).Not.ToHaveCountAsync(0);
            await Expect(page.Locator("#log li")).Not.ToHaveCountAsync(0);

            // Against ECHONET, and not only against itself.
            await Expect(page.Locator("#power")).ToHaveTextAsync(new Regex(@"^[\d,]+ W$"));
            string e0 = await page.Locator("#readings tr").First.InnerTextAsync();
            uint register = Convert.ToUInt32(_board.Ask("1081 0101 05FF01 028801 62 01 E000")[^8..], 16);
            decimal shown = decimal.Parse(Regex.Match(e0, @"([\d,]+\.\d{3}) kWh").Groups[1].Value, NumberStyles.Number, CultureInfo.InvariantCulture);
            Assert.That((register / 1000m) - shown, Is.InRange(0m, 0.5m));

            string clock = await page.Locator("#clock").InnerTextAsync();
            string power = await page.Locator("#power").InnerTextAsync();
            await Expect(page.Locator("#clock")).Not.ToHaveTextAsync(clock);
            await Expect(page.Locator("#power")).Not.ToHaveTextAsync(power);
            await Expect(page.Locator("#minutes .up")).Not.ToHaveCountAsync(0);
        }

        [Test]
        public static async Task Charts_are_read_with_the_keyboard()
        {
            await using Window window = await Browser.Open(_board.Page);
            IPage page = window.Page;
            ILocator days = page.Locator("#days svg");
            await Expect(days).ToHaveAttributeAsync("aria-valuemax", "99");
            await days.FocusAsync();
            await page.Keyboard.PressAsync("Home");
            await Expect(days).ToHaveAttributeAsync("aria-valuenow", "0");
            string first = await days.GetAttributeAsync("aria-valuetext");
            await Expect(page.Locator("#day-title")).ToContainTextAsync(first[..10]);
            await Expect(page.Locator("#day .up")).Not.ToHaveCountAsync(0);
            await page.Keyboard.PressAsync("ArrowRight");
            await Expect(days).ToHaveAttributeAsync("aria-valuenow", "1");

            ILocator minutes = page.Locator("#minutes svg");
            await minutes.FocusAsync();
            await page.Keyboard.PressAsync("Home");
            await Expect(minutes).ToHaveAttributeAsync("aria-valuetext", new Regex(@"\d\d:\d\d  −?[\d,]+ W"));
        }

        [Test]
        public static async Task An_exchange_opens_to_its_bytes_with_the_keyboard()
        {
            await using Window window = await Browser.Open(_board.Page);
            IPage page = window.Page;
            Assert.That(_board.Ask("1081 0A0B 05FF01 028801 62 02 E700 D300"), Is.Not.Null);
            ILocator row = page.Locator("#exchange-list li").Filter(new() { HasText = "E7 power, D3 coefficient" }).First;
            await Expect(row).ToContainTextAsync("Get 028801");
            await Expect(row).ToContainTextAsync("Get_Res");
            await row.Locator("summary").FocusAsync();
            await page.Keyboard.PressAsync("Enter");
            string[] request = await Cells(row.Locator("table").Nth(0));
            Assert.That(request, Is.EqualTo(new[]
            {
                "10 81|EHD|ECHONET Lite, format 1", "0A 0B|TID|transaction 2571", "05 FF 01|SEOJ|05FF01 controller",
                "02 88 01|DEOJ|028801 low-voltage meter", "62|ESV|Get: read", "02|OPC|2 properties", "E7|EPC|power", "00|PDC|0 bytes of value",
                "D3|EPC|coefficient", "00|PDC|0 bytes of value",
            }));
            string[] response = await Cells(row.Locator("table").Nth(1));
            Assert.That(response[4], Is.EqualTo("72|ESV|Get_Res: read"));
            Assert.That(response[8], Does.Match(@"^([0-9A-F]{2} ){3}[0-9A-F]{2}\|EDT\|−?[\d,]+ W$"));
            Assert.That(response[11], Is.EqualTo("00 00 00 01|EDT|1"));
        }

        // Every property that the unit says it has, and every frame that it may be asked with: named, and in words.
        [TestCase("low", "028801")]
        [TestCase("high", "028A01", "028F01")]
        public static async Task Every_property_of_the_unit_is_told_in_words(string meterClass, params string[] objects)
        {
            using ShownBoard board = new("--class", meterClass, "--wisun", "none");
            board.WaitFor("live");
            await using Window window = await Browser.Open(board.Page);
            IPage page = window.Page;
            foreach (string eoj in objects.Append("0EF001"))
            {
                string map = board.Ask($"1081 0001 05FF01 {eoj} 62 01 9F00")[28..];
                string[] epcs = await page.EvaluateAsync<string[]>("async map => { const { valueText, bytesOf } = await import('/frame.js');"
                    + " return valueText('map', bytesOf(map), {}).split(': ')[1].split(' '); }", map);
                Assert.That(epcs, Has.Length.EqualTo(Convert.ToInt32(map[..2], 16)));
                foreach (string epc in epcs)
                {
                    string frame = board.Ask($"1081 0002 05FF01 {eoj} 62 01 {epc}00");
                    string[] parts = await page.EvaluateAsync<string[]>("async frame => { const { decode, bytesOf } = await import('/frame.js');"
                        + " return decode(bytesOf(frame), { step: 0.001, demandStep: 0.1, reactiveStep: 0.001 })"
                        + ".map(part => `${part.field}|${part.text}`); }", frame);
                    string name = parts.Single(part => part.StartsWith("EPC|", StringComparison.Ordinal));
                    Assert.That(name, Does.Not.Contain("does not know").And.Not.Contain("["), $"{eoj} {epc}");
                    Assert.That(parts, Has.None.Contains("not of the length").And.None.Contains("cut short").And.None.Contains("undefined"),
                        $"{eoj} {epc} {frame}");
                    Assert.That(parts.Count(part => part.StartsWith("EDT|", StringComparison.Ordinal)), Is.EqualTo(1), $"{eoj} {epc}");
                }
            }
        }

        [Test]
        public static async Task A_frame_of_any_bytes_is_shown_to_its_last_one()
        {
            await using Window window = await Browser.Open(_board.Page);
            IPage page = window.Page;
            var random = new Random(1);
            string[] frames = Enumerable.Range(0, 300).Select(i =>
            {
                byte[] frame = Convert.FromHexString("1081000105FF0102880162030E7004FFFFFFFFE000D30400000001");
                Array.Resize(ref frame, random.Next(1, 60));
                frame[random.Next(frame.Length)] = (byte)random.Next(256);
                frame[random.Next(frame.Length)] = (byte)random.Next(256);
                return Convert.ToHexString(frame);
            }).ToArray();
            string[] shown = await page.EvaluateAsync<string[]>("async frames => { const { decode, bytesOf, hex, summary } = await import('/frame.js');"
                + " return frames.map(frame => { summary(bytesOf(frame)); return decode(bytesOf(frame), {}).map(part => hex(part.bytes)).join(''); }); }",
                frames);
            Assert.That(shown.Select(bytes => bytes.Replace(" ", "")), Is.EqualTo(frames));
        }

        // Whatever the firmware may say has a text, in each language, and each language has the same ones.
        [Test]
        public static async Task No_text_is_missing_in_any_language()
        {
            await using Window window = await Browser.Open(_board.Page);
            IPage page = window.Page;
            JsonElement tables = JsonDocument.Parse(await page.EvaluateAsync<string>(
                "async () => JSON.stringify((await import('/texts.js')).tables)")).RootElement;
            string[] needed =
            [
                .. Codes<MeteringState>("metering"), .. Codes<LightPattern>("light"), .. Codes<PairingState>("pairing"),
                .. Codes<PairingDetail>("detail"), .. Codes<CoordinatorState>("wisun"), .. Codes<WifiState>("wifi"),
                .. Codes<SecurityEvent>("event"), .. Codes<DropReason>("drop"),
            ];
            string[] english = Keys(tables.GetProperty("en"));
            Assert.That(needed.Except(english), Is.EquivalentTo(new[] { "detail.None", "drop.None" }));
            foreach (JsonProperty table in tables.EnumerateObject())
            {
                Assert.That(Keys(table.Value), Is.EquivalentTo(english), table.Name);
                foreach (JsonProperty text in table.Value.EnumerateObject())
                {
                    Assert.That(Places(text.Value), Is.EquivalentTo(Places(tables.GetProperty("en").GetProperty(text.Name))),
                        $"{table.Name} {text.Name}");
                }
            }
        }

        [TestCase("en")]
        [TestCase("ja")]
        public static async Task On_360_pixels_nothing_is_beside_the_screen(string language)
        {
            await using Window window = await Browser.Open(In(language), Narrow);
            IPage page = window.Page;
            _board.Ask("1081 0303 05FF01 028801 62 01 E200");
            await page.Locator("#exchange-list summary").First.ClickAsync();
            await page.EvaluateAsync("() => document.querySelectorAll('details').forEach(one => { one.open = true; })");
            await Expect(page.Locator("#exchange-list table").First).ToBeVisibleAsync();
            Assert.That(await page.EvaluateAsync<int>("document.documentElement.scrollWidth"), Is.EqualTo(360));
            Assert.That(await page.EvaluateAsync<string>("document.documentElement.lang"), Is.EqualTo(language));
            Assert.That(await page.Locator("body").InnerTextAsync(), Does.Not.Contain("[").Or.Not.Contain("]").Or.Contain("fe80"),
                "a text that is missing stands in brackets");
        }

        [TestCase(ColorScheme.Light, "en")]
        [TestCase(ColorScheme.Dark, "en")]
        [TestCase(ColorScheme.Light, "ja")]
        public static async Task It_is_accessible(ColorScheme scheme, string language)
        {
            await using Window window = await Browser.Open(In(language), new BrowserNewContextOptions { ColorScheme = scheme });
            IPage page = window.Page;
            _board.Ask("1081 0404 05FF01 028801 62 01 E700");
            await page.Locator("#exchange-list summary").First.ClickAsync();
            await Expect(page.Locator("#days .up")).Not.ToHaveCountAsync(0);
            AxeResult result = await page.RunAxe();
            Assert.That(result.Passes, Is.Not.Empty);
            Assert.That(result.Violations.Select(violation => $"{violation.Id}: {violation.Help}: "
                + string.Join("; ", violation.Nodes.Take(3).Select(node => node.Html))), Is.Empty);
        }

        [Test]
        public static async Task Every_button_is_reached_with_the_keyboard()
        {
            await using Window window = await Browser.Open(_board.Page);
            IPage page = window.Page;
            await Expect(page.Locator(".action button")).ToHaveCountAsync(6);
            await page.Keyboard.PressAsync("Tab");
            await Expect(page.Locator(".skip")).ToBeFocusedAsync();
            await page.Keyboard.PressAsync("Enter");
            await Expect(page.Locator("#exchanges")).ToBeFocusedAsync();
            await page.EvaluateAsync("() => document.querySelector('.skip').focus()");
            var reached = new System.Collections.Generic.HashSet<string>();
            for (int i = 0; i < 60 && reached.Count < 6; i++)
            {
                await page.Keyboard.PressAsync("Tab");
                string id = await page.EvaluateAsync<string>(
                    "() => document.activeElement.matches('.action button') ? document.activeElement.closest('.action').dataset.id : ''");
                reached.Add(id);
                reached.Remove("");
            }

            Assert.That(reached, Has.Count.EqualTo(6));
        }

        [Test]
        public static async Task Without_the_token_it_shows_and_does_nothing()
        {
            await using Window window = await Browser.Open(_board.Root);
            IPage page = window.Page;
            ILocator button = page.Locator("[data-id=plug] button");
            await Expect(button).ToHaveAttributeAsync("aria-disabled", "true");
            await Expect(page.Locator("[data-id=plug] .why")).ToContainTextAsync("open the address that the board printed");
            await button.ClickAsync(new() { Force = true });
            Assert.That(_board.Ask(string.Format(GetUnit, 0x0505)), Is.Not.Null);
            await Expect(page.Locator("#done")).ToHaveTextAsync("");
        }

        [Test]
        public static async Task The_token_leaves_the_address_and_stays_in_the_tab()
        {
            await using Window window = await Browser.Open(_board.Page);
            IPage page = window.Page;
            Assert.That(page.Url, Is.EqualTo(_board.Root.AbsoluteUri));
            await page.ReloadAsync();
            await Expect(page.Locator("[data-id=plug] button")).Not.ToHaveAttributeAsync("aria-disabled", "true");
        }

        // A page that is open for long: what is shown is as long after many as after few.
        [Test]
        public static async Task Its_lists_do_not_grow_for_ever()
        {
            await using Window window = await Browser.Open(_board.Page);
            IPage page = window.Page;
            for (int i = 0; i < 5; i++)
            {
                for (int n = 0; n < 30; n++)
                {
                    Assert.That(_board.Ask(string.Format(GetUnit, 0x1000 + (i * 30) + n)), Is.Not.Null);
                }

                await page.WaitForTimeoutAsync(300);
            }

            await Expect(page.Locator("#exchange-list > li")).ToHaveCountAsync(MostExchanges);
            await Expect(page.Locator("#skipped")).ToContainTextAsync("passed faster than shown");
            await page.Locator("#hold").ClickAsync();
            string first = await page.Locator("#exchange-list li").First.InnerTextAsync();
            Assert.That(_board.Ask(string.Format(GetUnit, 0x2000)), Is.Not.Null);
            await Expect(page.Locator("#skipped")).ToContainTextAsync("held back");
            Assert.That(await page.Locator("#exchange-list li").First.InnerTextAsync(), Is.EqualTo(first));
        }

        // As a technician would count it: one short flash of a fifth of a second, and a pause.
        [Test]
        public static async Task The_light_blinks_as_the_unit_has_it_blink()
        {
            using ShownBoard board = new("--mu", "tcp:127.0.0.1:1", "--wisun", "none");
            await using Window window = await Browser.Open(board.Page);
            IPage page = window.Page;
            await Expect(page.Locator("#drawing .pattern")).ToHaveTextAsync("one short flash");
            double[] spans = await page.EvaluateAsync<double[]>("""
                () => new Promise(done => {
                  const times = [];
                  new MutationObserver(() => {
                    times.push(performance.now());
                    if (times.length === 6) {
                      done(times.slice(1).map((time, i) => time - times[i]).sort((a, b) => a - b));
                    }
                  }).observe(document.querySelector('#drawing .unit'), { attributeFilter: ['data-lit'] });
                })
                """);
            Assert.That(spans[1], Is.EqualTo(200).Within(90));
            Assert.That(spans[3], Is.EqualTo(1200).Within(120));
        }

        [Test]
        public static async Task Without_motion_nothing_blinks_and_nothing_moves()
        {
            await using Window window = await Browser.Open(_board.Page, new BrowserNewContextOptions { ReducedMotion = ReducedMotion.Reduce });
            IPage page = window.Page;
            await Expect(page.Locator("#drawing .unit")).ToHaveAttributeAsync("data-lit", "true");
            Assert.That(await page.EvaluateAsync<string>("getComputedStyle(document.querySelector('#drawing .halo')).opacity"), Is.EqualTo("0"));
            await page.WaitForTimeoutAsync(1200);
            Assert.That(await page.EvaluateAsync<int>("document.getAnimations().length"), Is.Zero);
        }

        [Test]
        public static async Task It_says_when_the_board_is_gone()
        {
            ShownBoard board = new("--wisun", "none");
            await using Window window = await Browser.Open(board.Page);
            board.Dispose();
            await Expect(window.Page.Locator("#connection")).ToHaveAttributeAsync("data-kind", "bad");
        }

        private static Uri In(string language) => new(_board.Root, $"?lang={language}{_board.Page.Fragment}");

        private static string[] Codes<T>(string family)
            where T : struct, Enum
        {
            return Enum.GetNames<T>().Select(name => $"{family}.{name}").ToArray();
        }

        private static string[] Keys(JsonElement table) => table.EnumerateObject().Select(text => text.Name).ToArray();

        private static string[] Places(JsonElement text) => Regex.Matches(text.GetString(), @"\{\w+\}").Select(place => place.Value).ToArray();

        private static async Task<string[]> Cells(ILocator table)
        {
            return await table.EvaluateAsync<string[]>(
                "table => [...table.tBodies[0].rows].map(row => [...row.cells].map(cell => cell.textContent).join('|'))");
        }
    }
}
