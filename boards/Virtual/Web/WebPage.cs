using System;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Net;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using NanoComm.CommandLine;
using NanoComm.Hal;
using NanoComm.Metering;

namespace NanoComm.Virtual.Web
{
    /// <summary>The page in a browser, on one port of this PC for as long as the program runs, whatever becomes of the
    /// unit. The firmware does not know of it.</summary>
    internal sealed class WebPage : IDisposable
    {
        /// <summary>Where it is when nobody says where.</summary>
        public static readonly IPEndPoint Usual = new(IPAddress.Loopback, 8080);

        private const string Actions = "/do/";
        private const string Day = "/days/";
        private const int LongestLine = 2048;
        private const int LongestHeaders = 16384;
        private const int MostHeaders = 64;
        private const int LongestBody = 1024;

        private static readonly TimeSpan HeadersWithin = TimeSpan.FromSeconds(5);
        private static readonly TimeSpan KeptFor = TimeSpan.FromSeconds(60);
        private static readonly TimeSpan EndsWithin = TimeSpan.FromSeconds(2);

        private readonly WebApplication _server;
        private readonly PageGuard _guard;
        private readonly SiteActions _actions;
        private readonly Broadcast _broadcast;
        private volatile ShownUnit _unit;

        private WebPage(IPEndPoint address)
        {
            _guard = new PageGuard(address.Address);
            _actions = new SiteActions(_guard.AllowsWrites);
            _broadcast = new Broadcast(new Picture(Log, _actions));
            var limit = new ConnectionLimit(Warn);
            WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
            builder.Services.AddSingleton<IHostLifetime, NoLifetime>();
            builder.WebHost.UseKestrelCore().ConfigureKestrel(options =>
            {
                Limit(options);
                options.Listen(address, listen =>
                {
                    listen.Protocols = HttpProtocols.Http1;
                    listen.Use(limit.Guard);
                });
            });
            _server = builder.Build();
            _server.Run(Handle);
            _server.StartAsync().GetAwaiter().GetResult();
            string url = _server.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>().Addresses.Single();
            _guard.Port = new Uri(url).Port;
            Address = url + "/" + (_guard.AllowsWrites ? "#" + _guard.Token : "");
        }

        /// <summary>The last log lines of every unit that it has shown.</summary>
        public LogTail Log { get; } = new();

        /// <summary>Where to open it; with the token, where the buttons may be pressed.</summary>
        public string Address { get; }

        /// <summary>Opens it.</summary>
        /// <param name="address">Address of this PC, and port; null for no page.</param>
        /// <exception cref="UserError">The address or port cannot be had.</exception>
        public static WebPage Open(IPEndPoint address)
        {
            try
            {
                return address is null ? null : new WebPage(address);
            }
            catch (Exception error) when (error is IOException or System.Net.Sockets.SocketException)
            {
                throw new UserError($"--web: {address} cannot be had: {error.Message.TrimEnd('.')}. Give an address of this PC and "
                    + "a port that no other program has");
            }
        }

        /// <summary>Shows a unit.</summary>
        public void Show(ShownUnit unit)
        {
            _unit = unit;
            _broadcast.Show(unit);
        }

        /// <summary>The unit is about to be gone.</summary>
        public void Hide()
        {
            Show(null);
        }

        public void Dispose()
        {
            _broadcast.Close();
            using var patience = new CancellationTokenSource(EndsWithin);
            _server.StopAsync(patience.Token).GetAwaiter().GetResult();
            _server.DisposeAsync().AsTask().GetAwaiter().GetResult();
        }

        private static void Limit(KestrelServerOptions options)
        {
            options.AddServerHeader = false;
            options.Limits.MaxRequestLineSize = LongestLine;
            options.Limits.MaxRequestHeadersTotalSize = LongestHeaders;
            options.Limits.MaxRequestHeaderCount = MostHeaders;
            options.Limits.MaxRequestBodySize = LongestBody;
            options.Limits.RequestHeadersTimeout = HeadersWithin;
            options.Limits.KeepAliveTimeout = KeptFor;
        }

        private static void SetHeaders(IHeaderDictionary headers)
        {
            headers.CacheControl = "no-store";
            headers.ContentSecurityPolicy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
                + "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
                + "require-trusted-types-for 'script'";
            headers.XContentTypeOptions = "nosniff";
            headers.XFrameOptions = "DENY";
            headers["Referrer-Policy"] = "no-referrer";
            headers["Cross-Origin-Opener-Policy"] = "same-origin";
            headers["Cross-Origin-Resource-Policy"] = "same-origin";
        }

        private static Task Answer(HttpContext context, int status, string text = null)
        {
            context.Response.StatusCode = status;
            context.Response.ContentType = "text/plain; charset=utf-8";
            return text is null ? Task.CompletedTask : context.Response.WriteAsync(text + "\n");
        }

        private Task Handle(HttpContext context)
        {
            HttpRequest request = context.Request;
            string path = request.Path.Value;
            SetHeaders(context.Response.Headers);
            if (!_guard.Admits(request, path == "/"))
            {
                return Answer(context, StatusCodes.Status403Forbidden, "this page is not for that host or origin");
            }

            if (path.StartsWith(Actions, StringComparison.Ordinal) && _actions.Has(path[Actions.Length..]))
            {
                return Only(context, HttpMethods.IsPost, "POST") ?? Do(context, path[Actions.Length..]);
            }

            Func<HttpContext, Task> get = Find(path);
            return get is null ? Answer(context, StatusCodes.Status404NotFound, "there is no such page")
                : Only(context, method => HttpMethods.IsGet(method) || HttpMethods.IsHead(method), "GET, HEAD") ?? get(context);
        }

        private static Task Only(HttpContext context, Func<string, bool> isAllowed, string allowed)
        {
            if (isAllowed(context.Request.Method))
            {
                return null;
            }

            context.Response.Headers.Allow = allowed;
            return Answer(context, StatusCodes.Status405MethodNotAllowed);
        }

        private Func<HttpContext, Task> Find(string path)
        {
            if (PageFiles.TryGet(path, out string type, out byte[] content))
            {
                return context => Send(context, type, content);
            }

            if (path == "/stream")
            {
                return Follow;
            }

            if (path == "/days")
            {
                return context => SendJson(context, (history, json) => history.WriteDays(json));
            }

            return path.StartsWith(Day, StringComparison.Ordinal)
                && int.TryParse(path.AsSpan(Day.Length), NumberStyles.None, CultureInfo.InvariantCulture, out int back)
                && back < MeterData.HistoryDays
                ? context => SendJson(context, (history, json) => history.WriteDay(json, back))
                : null;
        }

        private static async Task Send(HttpContext context, string type, byte[] content)
        {
            context.Response.ContentType = type;
            context.Response.ContentLength = content.Length;
            await context.Response.Body.WriteAsync(content, context.RequestAborted);
        }

        private async Task SendJson(HttpContext context, Action<DayHistory, Utf8JsonWriter> write)
        {
            ShownUnit unit = _unit;
            if (unit is null)
            {
                await Answer(context, StatusCodes.Status503ServiceUnavailable, "the unit is off");
                return;
            }

            context.Response.ContentType = "application/json";
            using (var json = new Utf8JsonWriter(context.Response.BodyWriter))
            {
                json.WriteStartObject();
                write(new DayHistory(unit.Unit.Data), json);
                json.WriteEndObject();
            }

            await context.Response.BodyWriter.FlushAsync(context.RequestAborted);
        }

        private async Task Follow(HttpContext context)
        {
            if (HttpMethods.IsHead(context.Request.Method))
            {
                context.Response.ContentType = "text/event-stream";
                return;
            }

            var viewer = new Viewer();
            if (!_broadcast.Join(viewer))
            {
                context.Response.Headers.RetryAfter = "5";
                await Answer(context, StatusCodes.Status503ServiceUnavailable, $"{Broadcast.MostViewers} browsers look already");
                return;
            }

            try
            {
                context.Response.ContentType = "text/event-stream";
                context.Features.Get<IHttpResponseBodyFeature>().DisableBuffering();
                await viewer.Run(context.Response.BodyWriter, context.RequestAborted);
            }
            finally
            {
                _broadcast.Leave(viewer);
            }
        }

        private Task Do(HttpContext context, string action)
        {
            if (!_guard.AdmitsWrite(context.Request))
            {
                return Answer(context, StatusCodes.Status403Forbidden, _guard.AllowsWrites
                    ? $"the header {PageGuard.TokenHeader} has to carry what stands behind # in the address that the board printed"
                    : "nothing can be done here: others can reach this address");
            }

            string reason = _actions.Do(action);
            return reason is null ? Answer(context, StatusCodes.Status204NoContent)
                : Answer(context, StatusCodes.Status409Conflict, reason);
        }

        private void Warn(string text)
        {
            _unit?.Board.Log.Write(LogLevel.Warning, "page", text);
        }

        // Ctrl-C is the board's.
        private sealed class NoLifetime : IHostLifetime
        {
            public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

            public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
        }
    }
}
