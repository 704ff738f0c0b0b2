using System;
using System.Threading.Tasks;
using Microsoft.Playwright;

namespace NanoComm.Tests.Web
{
    /// <summary>A window of the browser with a page in it, gone at the end of the test.</summary>
    /// <param name="context">The window, which shares nothing with others.</param>
    /// <param name="page">What is in it.</param>
    internal sealed class Window(IBrowserContext context, IPage page) : IAsyncDisposable
    {
        /// <summary>What is in it.</summary>
        public IPage Page => page;

        public async ValueTask DisposeAsync()
        {
            await context.CloseAsync();
        }
    }
}
