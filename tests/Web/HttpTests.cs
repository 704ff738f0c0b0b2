using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using NUnit.Framework;
using NanoComm.Tests.Scenarios;

namespace NanoComm.Tests.Web
{
    /// <summary>What the page's port answers, and to whom, without a browser.</summary>
    [Parallelizable(ParallelScope.Self)]
    internal static class HttpTests
    {
        private const string GetUnit = "1081 1234 05FF01 028801 62 01 E100";
        private const int Connections = 1000;
        private const int MostConnections = 200;
        private const int MostViewers = 50;

        private static ShownBoard _board;
        private static HttpClient _http;

        private static string Authority => _board.Root.Authority;

        [OneTimeSetUp]
        public static void Start()
        {
            _board = new ShownBoard("--wisun", "none");
            _http = new HttpClient { BaseAddress = _board.Root };
        }

        [OneTimeTearDown]
        public static void End()
        {
            _http.Dispose();
            _board.Dispose();
        }

        [TestCase("/", "text/html")]
        [TestCase("/main.js", "text/javascript")]
        [TestCase("/texts.ja.js", "text/javascript")]
        [TestCase("/page.css", "text/css")]
        [TestCase("/icon.svg", "image/svg+xml")]
        [TestCase("/days", "application/json")]
        [TestCase("/days/99", "application/json")]
        public static void A_page_is_served_with_what_keeps_a_browser_strict(string path, string type)
        {
            using HttpResponseMessage answer = _http.GetAsync(path).Result;
            Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK));
            Assert.That(answer.Content.Headers.ContentType.MediaType, Is.EqualTo(type));
            Assert.That(answer.Headers.CacheControl.NoStore);
            string policy = answer.Headers.GetValues("Content-Security-Policy").Single();
            Assert.That(policy, Does.StartWith("default-src 'none'").And.Contain("frame-ancestors 'none'"));
            Assert.That(policy, Does.Not.Contain("unsafe").And.Not.Contain("*").And.Not.Contain("data:"));
            Assert.That(answer.Headers.GetValues("X-Content-Type-Options"), Is.EqualTo(new[] { "nosniff" }));
            Assert.That(answer.Headers.Contains("Server"), Is.False);
            Assert.That(answer.Headers.Contains("Set-Cookie"), Is.False);
            Assert.That(answer.Content.ReadAsStringAsync().Result, Does.Not.Contain("http://127").And.Not.Contain("https://"));
        }

        // As they stand in the request, without what a client makes of them.
        [TestCase("/../../etc/passwd", 404)]
        [TestCase("/..%2f..%2fetc%2fpasswd", 404)]
        [TestCase("/%2e%2e/%2e%2e/etc/passwd", 404)]
        [TestCase("/..\\..\\windows", 404)]
        [TestCase("//main.js", 404)]
        [TestCase("/main.js/", 404)]
        [TestCase("/MAIN.JS", 404)]
        [TestCase("/main.js%00.html", 400)]
        [TestCase("/days/100", 404)]
        [TestCase("/days/-1", 404)]
        [TestCase("/days/+1", 404)]
        [TestCase("/days/%31", 200)]
        [TestCase("/days/99999999999999999999", 404)]
        [TestCase("/do/format", 404)]
        [TestCase("/do/", 404)]
        [TestCase("*", 405)]
        [TestCase("main.js", 405)]
        public static void A_path_is_looked_up_and_opens_nothing(string path, int status)
        {
            Assert.That(StatusOf($"GET {path} HTTP/1.1\r\nHost: {Authority}\r\nConnection: close\r\n\r\n"), Is.EqualTo(status));
        }

        [TestCase("localhost", 200)]
        [TestCase("127.0.0.1", 200)]
        [TestCase("127.0.0.3", 200)]
        [TestCase("[::1]", 200)]
        [TestCase("evil.example", 403)]
        [TestCase("localhost.evil.example", 403)]
        [TestCase("127.0.0.1.evil.example", 403)]
        [TestCase("192.0.2.1", 403)]
        [TestCase("[2001:db8::1]", 403)]
        [TestCase("", 403)]
        public static void A_host_that_is_not_this_one_is_refused(string host, int status)
        {
            string request = "GET / HTTP/1.1\r\nHost: {0}\r\nConnection: close\r\n\r\n";
            Assert.That(StatusOf(string.Format(request, host + ":" + _board.Root.Port)), Is.EqualTo(host == "" ? 400 : status));
            Assert.That(StatusOf(string.Format(request, host + ":1")), Is.EqualTo(host == "" ? 400 : 403), "another port");
            Assert.That(StatusOf(string.Format(request, host)), Is.EqualTo(403), "no port");
        }

        [TestCase("Origin: http://evil.example")]
        [TestCase("Origin: null")]
        [TestCase("Origin: http://127.0.0.1:1")]
        [TestCase("Origin: https://{0}")]
        [TestCase("Sec-Fetch-Site: cross-site")]
        [TestCase("Sec-Fetch-Site: same-site")]
        public static void A_page_of_somebody_else_reads_and_does_nothing(string header)
        {
            string headers = $"Host: {Authority}\r\n{string.Format(header, Authority)}\r\nConnection: close\r\n";
            Assert.That(StatusOf($"GET /stream HTTP/1.1\r\n{headers}\r\n"), Is.EqualTo(403));
            Assert.That(StatusOf($"GET /days HTTP/1.1\r\n{headers}\r\n"), Is.EqualTo(403));
            Assert.That(StatusOf($"POST /do/pull-plug HTTP/1.1\r\n{headers}X-NanoComm-Token: {_board.Token}\r\nContent-Length: 0\r\n\r\n"),
                Is.EqualTo(403));
            Assert.That(_board.Ask(GetUnit), Is.Not.Null);
        }

        [Test]
        public static void A_link_from_elsewhere_leads_to_the_page()
        {
            Assert.That(StatusOf($"GET / HTTP/1.1\r\nHost: {Authority}\r\nSec-Fetch-Site: cross-site\r\nConnection: close\r\n\r\n"),
                Is.EqualTo(200));
        }

        [TestCase(null)]
        [TestCase("")]
        [TestCase("wrong")]
        [TestCase("{0}x")]
        public static void A_button_wants_the_token(string token)
        {
            string header = token is null ? "" : $"X-NanoComm-Token: {string.Format(token, _board.Token)}\r\n";
            Assert.That(StatusOf($"POST /do/cut-line HTTP/1.1\r\nHost: {Authority}\r\n{header}Content-Length: 0\r\nConnection: close\r\n\r\n"),
                Is.EqualTo(403));
            Assert.That(Section("site").GetRawText(), Does.Contain("\"do\":\"cut-line\""));
        }

        [TestCase("GET", "/do/cut-line", "POST")]
        [TestCase("POST", "/", "GET, HEAD")]
        [TestCase("PUT", "/main.js", "GET, HEAD")]
        [TestCase("OPTIONS", "/do/cut-line", "POST")]
        public static void Another_method_is_refused(string method, string path, string allowed)
        {
            using var request = new HttpRequestMessage(new HttpMethod(method), path);
            request.Headers.Add("X-NanoComm-Token", _board.Token);
            using HttpResponseMessage answer = _http.Send(request);
            Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.MethodNotAllowed));
            Assert.That(answer.Content.Headers.Allow.Concat(answer.Headers.NonValidated.TryGetValues("Allow", out var values) ? values : []),
                Is.Not.Empty);
            Assert.That(answer.Headers.Contains("Access-Control-Allow-Origin"), Is.False, allowed);
        }

        [Test]
        public static void What_is_too_long_is_refused_and_what_is_slow_is_let_go()
        {
            string host = $"Host: {Authority}\r\n";
            Assert.That(StatusOf($"GET /{new string('a', 3000)} HTTP/1.1\r\n{host}\r\n"), Is.EqualTo(414));
            Assert.That(StatusOf($"GET / HTTP/1.1\r\n{host}X-Long: {new string('a', 20000)}\r\n\r\n"), Is.EqualTo(431));
            Assert.That(StatusOf($"POST /do/cut-line HTTP/1.1\r\n{host}Content-Length: 100000000\r\nConnection: close\r\n\r\n"),
                Is.EqualTo(403).Or.EqualTo(413));
            using TcpClient slow = Call();
            slow.GetStream().Write(Encoding.ASCII.GetBytes("GET / HTTP/1.1\r\nHost:"));
            Assert.That(StatusOf(slow), Is.EqualTo(408), "after five seconds");
        }

        [Test]
        public static void The_stream_begins_with_all_and_goes_on_with_changes()
        {
            using StreamReader stream = Follow();
            string first = Read(stream, "event: site");
            foreach (string section in new[] { "begin", "unit", "reading", "minutes", "days", "wisun", "power", "counters", "security" })
            {
                Assert.That(first, Does.Contain($"event: {section}\n"));
            }

            Assert.That(Read(stream, "event: reading"), Does.Not.Contain("event: power"), "changes only");
        }

        [Test]
        public static void A_thousand_connections_delay_no_controller_and_are_told()
        {
            var connections = new List<TcpClient>();
            try
            {
                for (int i = 0; i < Connections; i++)
                {
                    connections.Add(Call());
                }

                Assert.That(connections.Skip(Connections - 100).Select(StatusOf), Is.All.EqualTo(503));
                Assert.That(_board.Ask(GetUnit), Is.Not.Null);
                Assert.That(_board.WaitFor("log", "\"source\":\"page\"").GetProperty("text").GetString(),
                    Is.EqualTo($"there are {MostConnections} connections, and no more are taken"));
            }
            finally
            {
                connections.ForEach(connection => connection.Dispose());
            }

            Assert.That(() => StatusOf($"GET / HTTP/1.1\r\nHost: {Authority}\r\nConnection: close\r\n\r\n"),
                Is.EqualTo(200).After(5000, 100));
        }

        [Test]
        public static void More_browsers_than_there_is_room_for_are_told()
        {
            var streams = new List<StreamReader>();
            try
            {
                HttpStatusCode last = HttpStatusCode.OK;
                for (int i = 0; i <= MostViewers && last == HttpStatusCode.OK; i++)
                {
                    HttpResponseMessage answer = _http.GetAsync("/stream", HttpCompletionOption.ResponseHeadersRead).Result;
                    last = answer.StatusCode;
                    streams.Add(new StreamReader(answer.Content.ReadAsStream()));
                }

                Assert.That(last, Is.EqualTo(HttpStatusCode.ServiceUnavailable));
                Assert.That(streams[^1].ReadToEnd(), Does.Contain("browsers look already"));
            }
            finally
            {
                streams.ForEach(stream => stream.Dispose());
            }

            Assert.That(() => _http.GetAsync("/stream", HttpCompletionOption.ResponseHeadersRead).Result.StatusCode,
                Is.EqualTo(HttpStatusCode.OK).After(5000, 100), "who is gone makes room");
        }

        // To others it shows, and lets nobody do anything, whatever he has.
        [Test]
        public static void Where_others_can_reach_it_nothing_can_be_done()
        {
            using ShownBoard board = ShownBoard.At("0.0.0.0:0", "--wisun", "none");
            Assert.That(board.Token, Is.Empty);
            using var http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{board.Root.Port}") };
            Assert.That(http.GetStringAsync("/").Result, Does.Contain("<title>"));
            using var request = new HttpRequestMessage(HttpMethod.Post, "/do/pull-plug");
            request.Headers.Add("X-NanoComm-Token", "");
            using HttpResponseMessage answer = http.Send(request);
            Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
            Assert.That(answer.Content.ReadAsStringAsync().Result, Does.Contain("others can reach this address"));
            using var named = new HttpRequestMessage(HttpMethod.Get, "/");
            named.Headers.Host = $"evil.example:{board.Root.Port}";
            Assert.That(http.Send(named).StatusCode, Is.EqualTo(HttpStatusCode.Forbidden), "a name that points here");
        }

        [TestCase("nowhere", "'nowhere' is not ADDR:PORT")]
        [TestCase("127.0.0.1", "'127.0.0.1' is not ADDR:PORT")]
        [TestCase("127.0.0.1:70000", "is not ADDR:PORT")]
        [TestCase("192.0.2.1:8080", "192.0.2.1:8080 cannot be had")]
        [TestCase(null, "cannot be had")]
        public static void A_bad_address_gives_one_line_and_exit_code_2(string address, string says)
        {
            using var board = new VirtualBoardProgram("--web", address ?? Authority, "--listen", "127.0.0.4");
            (int exitCode, string[] output, string[] error) = board.End();
            Assert.That(exitCode, Is.EqualTo(2));
            Assert.That(output, Is.Empty);
            Assert.That(error, Has.Length.EqualTo(1));
            Assert.That(error[0], Does.Contain(says));
        }

        private static TcpClient Call()
        {
            var client = new TcpClient("127.0.0.1", _board.Root.Port) { ReceiveTimeout = 10_000 };
            return client;
        }

        private static int StatusOf(string request)
        {
            using TcpClient client = Call();
            client.GetStream().Write(Encoding.Latin1.GetBytes(request));
            return StatusOf(client);
        }

        private static int StatusOf(TcpClient client)
        {
            using var reader = new StreamReader(client.GetStream(), Encoding.Latin1, leaveOpen: true);
            string line = reader.ReadLine();
            return line is null ? 0 : int.Parse(line.Split(' ')[1]);
        }

        private static StreamReader Follow()
        {
            // Those who looked in the test before may still be about to leave.
            HttpResponseMessage answer = null;
            Assert.That(() => (answer = _http.GetAsync("/stream", HttpCompletionOption.ResponseHeadersRead).Result).StatusCode,
                Is.EqualTo(HttpStatusCode.OK).After(5000, 100));
            return new StreamReader(answer.Content.ReadAsStream());
        }

        private static string Read(StreamReader stream, string until)
        {
            var text = new StringBuilder();
            string line;
            do
            {
                line = stream.ReadLine();
                text.Append(line).Append('\n');
            }
            while (line != until);
            text.Append(stream.ReadLine()).Append('\n');
            return text.ToString();
        }

        private static JsonElement Section(string name)
        {
            using StreamReader stream = Follow();
            string text = Read(stream, "event: " + name);
            return JsonDocument.Parse(text[(text.LastIndexOf("data: ", StringComparison.Ordinal) + 6)..]).RootElement;
        }
    }
}
