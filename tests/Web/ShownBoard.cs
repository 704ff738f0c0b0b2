using System;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using NanoComm.Tests.Scenarios;

namespace NanoComm.Tests.Web
{
    /// <summary>A virtual board with its page, and a controller that asks it.</summary>
    internal sealed class ShownBoard : IDisposable
    {
        private const int Patience = 2000;
        private const byte Get = 0x62;
        private const byte GetSna = 0x52;

        private readonly UdpClient _controller;
        private readonly IPEndPoint _unit;

        /// <summary>Starts it, its page on a free port.</summary>
        public ShownBoard(params string[] options)
            : this("127.0.0.1:0", options)
        {
        }

        private ShownBoard(string address, string[] options)
        {
            _controller = new UdpClient(new IPEndPoint(IPAddress.Loopback, 0));
            _controller.Client.ReceiveTimeout = Patience;
            int port = ((IPEndPoint)_controller.Client.LocalEndPoint).Port;
            _unit = new IPEndPoint(IPAddress.Parse("127.0.0.2"), port);
            Program = new VirtualBoardProgram(["--port", port.ToString(), "--log", "json", "--web", address, .. options]);
            Page = new Uri(JsonDocument.Parse(Program.WaitFor("\"event\":\"start\"")).RootElement.GetProperty("page").GetString());
        }

        /// <summary>The program.</summary>
        public VirtualBoardProgram Program { get; }

        /// <summary>Where its page is, with the token.</summary>
        public Uri Page { get; }

        /// <summary>The same without it.</summary>
        public Uri Root => new(Page.GetLeftPart(UriPartial.Path));

        /// <summary>What it takes to press a button.</summary>
        public string Token => Page.Fragment.TrimStart('#');

        /// <summary>Starts one whose page is elsewhere.</summary>
        public static ShownBoard At(string address, params string[] options) => new(address, options);

        /// <summary>Asks it over ECHONET Lite.</summary>
        /// <param name="frame">In hexadecimal digits.</param>
        /// <returns>The answer's digits; null when none came in two seconds.</returns>
        public string Ask(string frame)
        {
            byte[] request = Convert.FromHexString(frame.Replace(" ", ""));
            _controller.Send(request, _unit);
            try
            {
                byte[] answer;
                do
                {
                    IPEndPoint from = null;
                    answer = _controller.Receive(ref from);
                    if (answer[10] == Get)
                    {
                        Prove(answer);
                    }
                }
                while (answer[10] == Get || !answer.AsSpan(2, 2).SequenceEqual(request.AsSpan(2, 2)));
                return Convert.ToHexString(answer);
            }
            catch (SocketException)
            {
                return null;
            }
        }

        /// <summary>Waits for an event of the board's log.</summary>
        /// <param name="name">Its name.</param>
        /// <param name="texts">What else is in its line.</param>
        public JsonElement WaitFor(string name, params string[] texts)
        {
            string line;
            do
            {
                line = Program.WaitFor($"\"event\":\"{name}\"");
            }
            while (!texts.All(line.Contains));
            return JsonDocument.Parse(line).RootElement;
        }

        // It answers that it does not know, which proves that it is where it says; to who does not, little is sent.
        private void Prove(byte[] question)
        {
            byte[] answer = [.. question[..4], .. question[7..10], .. question[4..7], GetSna, .. question[11..]];
            _controller.Send(answer, _unit);
        }

        public void Dispose()
        {
            Program.Dispose();
            _controller.Dispose();
        }
    }
}
