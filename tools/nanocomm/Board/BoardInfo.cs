using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using System.Threading;
using NanoComm.CommandLine;
using NanoComm.Hems;
using NanoComm.Records;
using Spectre.Console;

namespace NanoComm.Tool
{
    /// <summary>The command <c>board info</c>: which unit is there, of which version: asked at a serial port by nanoff, over IP by
    /// ECHONET Lite, or read in a folder of records.</summary>
    internal sealed class BoardInfo
    {
        private const int Done = 0;
        private const int Failed = 1;
        private const int EchonetPort = 3610;
        private const int Attempts = 3;
        private const int Patience = 2000;

        private const byte StandardVersion = 0x82;
        private const byte Identification = 0x83;
        private const byte Manufacturer = 0x8A;
        private const byte Product = 0x8C;
        private const byte InstanceList = 0xD6;

        private readonly List<(string Name, string Value)> _rows = [];
        private readonly bool _isJson;

        private BoardInfo(bool isJson)
        {
            _isJson = isJson;
        }

        /// <summary>Asks the interpreter on a board.</summary>
        /// <param name="port">The serial port.</param>
        /// <param name="board">The board that it should be; null for any.</param>
        /// <param name="isJson">Whether one JSON object is written.</param>
        /// <returns>0; 1 when it is another board's image.</returns>
        /// <exception cref="UserError">It does not answer; the message says what to do.</exception>
        public static int OfPort(string port, string board, bool isJson)
        {
            BoardDescription expected = board is null ? null : BoardDescription.Find(board);
            SerialPortCheck.Check(port);
            NanoffTool nanoff = NanoffTool.Find();
            using var folder = new PrivateFolder(0);
            NanoffRun run = nanoff.Run(nanoff.Dialect.Arguments(NanoffCommand.Unit, (NanoffDialect.Port, port)), folder, null);
            var details = new BoardDetails(run.Said);
            if (details.Image is null)
            {
                throw new UserError($"--port: {run.Explain(port)}");
            }

            var info = new BoardInfo(isJson);
            info.Add("image", details.Image);
            info.Add("imageVersion", details.ImageVersion);
            info.Add("imageDate", details.ImageDate);
            info.Add("program", details.Program);
            info.Add("programVersion", details.Program is null ? null : details.VersionOf(details.Program));
            info.Show();
            return info.Compare(details, expected);
        }

        /// <summary>Asks a unit over IP.</summary>
        /// <param name="address">ADDR or ADDR:PORT.</param>
        /// <param name="isJson">Whether one JSON object is written.</param>
        /// <exception cref="UserError">It does not answer; the message says what to do.</exception>
        public static int OfAddress(string address, bool isJson)
        {
            if (!IPEndPoint.TryParse(address, out IPEndPoint meter))
            {
                throw new UserError($"--ip: '{address}' is no address, as 192.168.0.40 or 192.168.0.40:3610");
            }

            if (meter.Port == 0)
            {
                meter.Port = EchonetPort;
            }

            EchonetMessage node = Ask(meter, EchonetMessage.NodeProfile, StandardVersion, Identification, Manufacturer, Product, InstanceList);
            var info = new BoardInfo(isJson);
            info.Add("product", Text(node.Find(Product)));
            info.Add("manufacturer", Hex(node.Find(Manufacturer)));
            info.Add("identification", Hex(node.Find(Identification)));
            info.Add("echonetLite", Format(node.Find(StandardVersion)));
            byte[] list = node.Find(InstanceList);
            int instance = list is { Length: >= 4 } ? (list[1] << 16) | (list[2] << 8) | list[3] : 0;
            info.Add("object", instance == 0 ? null : instance.ToString("X6", CultureInfo.InvariantCulture));
            if (instance != 0)
            {
                byte[] release = Ask(meter, instance, StandardVersion).Find(StandardVersion);
                info.Add("release", release is { Length: 4 } ? $"{(char)release[2]}" : null);
            }

            info.Show();
            return Done;
        }

        /// <summary>Reads a folder of records, a virtual board's or one that board read wrote.</summary>
        /// <exception cref="UserError">There is no such folder.</exception>
        public static int OfStore(string folder, bool isJson)
        {
            DurableStore store = UnitFolder.Look(folder);
            var info = new BoardInfo(isJson);
            info.Add("unit", UnitInstaller.ReadTitle(store)?.ToString());
            PairState state = StoredRecord.Read(store, RecordCatalogue.PairingReport) is byte[] report ? PairState.Parse(report) : null;
            info.Add("pairing", state?.Stage.ToString());
            info.Add("meter", state is null || state.Meter == default ? null : state.Meter.ToString());
            info.Add("code", state is null || state.Detail == Pairing.PairingDetail.None ? null
                : $"{(int)state.Detail}: {SwapAdvice.What(state.Detail)}");
            info.Add("records", string.Join(", ", RecordCatalogue.All().Where(record => store.LengthOf(record.Name) >= 0).Select(record => record.Name)));
            info.Show();
            return Done;
        }

        private static EchonetMessage Ask(IPEndPoint meter, int instance, params byte[] properties)
        {
            var request = new EchonetMessage { Tid = (ushort)Random.Shared.Next(2, ushort.MaxValue), Deoj = instance, Esv = EchonetMessage.Get };
            foreach (byte property in properties)
            {
                request.With(property);
            }

            EchonetMessage answer = null;
            using var answered = new ManualResetEventSlim();
            try
            {
                using var socket = new HemsUdp(meter);
                socket.Received += bytes =>
                {
                    EchonetMessage message = EchonetMessage.Parse(bytes.Span);
                    if (message is not null && message.Tid == request.Tid && message.Esv is EchonetMessage.GetRes or EchonetMessage.GetSna)
                    {
                        answer = message;
                        answered.Set();
                    }
                };
                socket.Start();
                for (int attempt = 0; attempt < Attempts && !answered.IsSet; attempt++)
                {
                    socket.Send(request.ToBytes());
                    answered.Wait(Patience);
                }
            }
            catch (IOException failure)
            {
                throw new UserError($"--ip: {failure.Message}");
            }

            return answer ?? throw new UserError($"--ip: no unit answers at {meter}: is it in this network, and does it have an address? Its log tells");
        }

        private int Compare(BoardDetails details, BoardDescription expected)
        {
            if (expected is null)
            {
                return Done;
            }

            if (details.Image != expected.Image)
            {
                Console.Error.WriteLine($"nanocomm: the board runs the image {details.Image}, {expected.Name} has {expected.Image}: flash {expected.Name} --image writes it");
                return Failed;
            }

            if (details.Program != expected.Program)
            {
                Console.Error.WriteLine($"nanocomm: the board runs {details.Program ?? "no program of ours"}, {expected.Name} has {expected.Program}: flash "
                    + $"{expected.Name} --app writes it");
                return Failed;
            }

            return Done;
        }

        private static string Text(byte[] edt) => edt is null ? null : Encoding.ASCII.GetString(edt).TrimEnd('\0', ' ');

        private static string Hex(byte[] edt) => edt is null ? null : Convert.ToHexString(edt);

        // EPC 82 of the node profile: major, minor, what frames it takes.
        private static string Format(byte[] edt) => edt is { Length: 4 } ? $"{edt[0]}.{edt[1]}" : null;

        private void Add(string name, string value)
        {
            _rows.Add((name, value));
        }

        private void Show()
        {
            if (_isJson)
            {
                Console.WriteLine(new JsonObject(_rows.Select(row => KeyValuePair.Create(row.Name, (JsonNode)row.Value))).ToJsonString());
                return;
            }

            Grid grid = new Grid().AddColumn().AddColumn();
            foreach ((string name, string value) in _rows)
            {
                grid.AddRow(new Text(name), new Text(value ?? "not told"));
            }

            AnsiConsole.Write(grid);
        }
    }
}
