using System;
using System.IO;
using System.Net;
using System.Text;
using System.Threading;
using NanoComm.CommandLine;
using NanoComm.Fleet;
using NanoComm.MeterLink;

namespace NanoComm.Tool
{
    /// <summary>A page of the whole fleet in a browser: a square for each unit, in the colour of its state, and the counters. It
    /// only shows, and answers whoever calls it by its address alone.</summary>
    internal sealed class FleetPage : IDisposable
    {
        /// <summary>Where it is when nobody says where.</summary>
        public static readonly IPEndPoint Usual = new(IPAddress.Loopback, 8090);

        private const string PageName = "fleet.html";

        private readonly UnitFleet _fleet;
        private readonly HttpListener _listener = new();
        private readonly Thread _thread;
        private readonly byte[] _html;

        /// <summary>Takes the address.</summary>
        /// <exception cref="UserError">It cannot be had.</exception>
        public FleetPage(IPEndPoint address, UnitFleet fleet)
        {
            _fleet = fleet;
            Address = $"http://{address}/";
            _listener.Prefixes.Add(Address);
            _html = ReadPage();
            try
            {
                _listener.Start();
            }
            catch (HttpListenerException error)
            {
                throw new UserError($"--web: {address} cannot be had: {error.Message.TrimEnd('.')}. Give an address of this PC and a port "
                    + "that no other program has");
            }

            _thread = new Thread(Serve) { IsBackground = true, Name = "page" };
        }

        /// <summary>Where to open it.</summary>
        public string Address { get; }

        /// <summary>Begins.</summary>
        public void Start()
        {
            _thread.Start();
        }

        public void Dispose()
        {
            _listener.Close();
        }

        private static byte[] ReadPage()
        {
            using Stream stream = typeof(FleetPage).Assembly.GetManifestResourceStream(PageName);
            using var copy = new MemoryStream();
            stream.CopyTo(copy);
            return copy.ToArray();
        }

        private void Serve()
        {
            while (_listener.IsListening)
            {
                try
                {
                    Answer(_listener.GetContext());
                }
                catch (Exception error) when (error is HttpListenerException or ObjectDisposedException or IOException
                    or InvalidOperationException)
                {
                    // That browser is gone, or this is the end.
                }
            }
        }

        private void Answer(HttpListenerContext context)
        {
            HttpListenerResponse response = context.Response;
            response.Headers["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; "
                + "connect-src 'self'";
            response.Headers["Cache-Control"] = "no-store";
            byte[] body = [];
            switch (context.Request.HttpMethod == "GET" ? context.Request.Url.AbsolutePath : "")
            {
                case "/":
                    response.ContentType = "text/html; charset=utf-8";
                    body = _html;
                    break;
                case "/fleet":
                    response.ContentType = "application/json";
                    body = Encoding.UTF8.GetBytes(FleetText.Json(_fleet.Look(), 0, null));
                    break;
                case "/units":
                    response.ContentType = "text/plain";
                    body = Draw();
                    break;
                default:
                    response.StatusCode = (int)HttpStatusCode.NotFound;
                    break;
            }

            response.ContentLength64 = body.Length;
            response.OutputStream.Write(body);
            response.Close();
        }

        // One letter a unit.
        private byte[] Draw()
        {
            var letters = new byte[_fleet.Units.Count];
            for (int i = 0; i < letters.Length; i++)
            {
                FleetUnit unit = _fleet.Units[i];
                letters[i] = (byte)(unit.Failure is not null ? 'f'
                    : unit.Unit?.Metering.State switch
                    {
                        null => '.',
                        MeteringState.Reading => 'r',
                        MeteringState.ReadingWithGaps => 'g',
                        MeteringState.Absent => 'a',
                        MeteringState.Unpaired => 'u',
                        _ => 'l',
                    });
            }

            return letters;
        }
    }
}
