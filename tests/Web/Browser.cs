using System;
using System.Collections.Concurrent;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Microsoft.Playwright;
using NUnit.Framework;

namespace NanoComm.Tests.Web
{
    /// <summary>Debian's Chromium, driven by Playwright, which brings no browser of its own here; one for all tests.</summary>
    [SetUpFixture]
    internal sealed class Browser
    {
        // For a machine that is busy elsewhere.
        private const int Patience = 60_000;
        private const string Missing = "skipped: no Chromium (apt-get install chromium)";

        private static readonly string[] Programs = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

        // As root there is no sandbox; and nothing is asked of hosts elsewhere.
        private static readonly string[] Arguments =
        [
            "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
            "--disable-component-update", "--disable-sync",
        ];

        private static readonly ConcurrentQueue<string> Complaints = new();
        private static readonly Lazy<Task<IBrowser>> Running = new(Launch);
        private static IPlaywright _playwright;

        /// <summary>Opens a page in a window of its own.</summary>
        /// <param name="url">Its address.</param>
        /// <param name="options">Of the window; null for the usual ones.</param>
        public static async Task<Window> Open(Uri url, BrowserNewContextOptions options = null)
        {
            if (!Programs.Any(File.Exists))
            {
                Assert.Ignore(Missing);
            }

            IBrowser browser = await Running.Value;
            IBrowserContext context = await browser.NewContextAsync(options ?? new BrowserNewContextOptions());
            context.SetDefaultTimeout(Patience);
            IPage page = await context.NewPageAsync();
            page.Console += (_, message) => Note(message.Type is "error" or "warning", message.Text);
            page.PageError += (_, error) => Note(true, error);
            await page.GotoAsync(url.AbsoluteUri);
            await Assertions.Expect(page.Locator("#connection")).ToHaveAttributeAsync("data-kind", "good");
            return new Window(context, page);
        }

        /// <summary>What pages have complained of; a board that ends is not the page's fault.</summary>
        public static string[] Errors => Complaints.Where(text => !text.Contains("net::ERR_", StringComparison.Ordinal)).ToArray();

        [OneTimeTearDown]
        public static async Task Close()
        {
            if (Running.IsValueCreated)
            {
                await (await Running.Value).CloseAsync();
                _playwright.Dispose();
            }
        }

        private static async Task<IBrowser> Launch()
        {
            Assertions.SetDefaultExpectTimeout(Patience);
            _playwright = await Playwright.CreateAsync();
            return await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
            {
                ExecutablePath = Programs.First(File.Exists),
                Args = Arguments,
            });
        }

        private static void Note(bool isWrong, string text)
        {
            if (isWrong)
            {
                Complaints.Enqueue(text);
            }
        }
    }
}
