using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using NanoComm.Hems;

namespace NanoComm.Tests.Host.Hems
{
    /// <summary>A controller in a time of its own, with a script in place of its module and a table in place of its meter.</summary>
    internal sealed class ScriptedModule
    {
        public const string Id = "00112233445566778899AABBCCDDEEFF";
        public const string Password = "0123456789AB";
        public const string Address = "FE80:0000:0000:0000:021D:1290:0003:C890";
        public const string Own = "FE80:0000:0000:0000:021D:1290:0003:C891";

        private readonly PriorityQueue<byte[], (long At, int Number)> _says = new();
        private long _now;

        public ScriptedModule(HemsOptions options = null)
        {
            Hems = new HemsController(options ?? new HemsOptions { Id = Id, Password = Password, Port = "/dev/x" });
            Readings = new HemsReadings(Hems);
            Hems.Send += Hear;
            Hems.Trouble += text => Troubles.Add((_now, text));
        }

        public HemsController Hems { get; }

        public HemsReadings Readings { get; }

        /// <summary>Commands in order, without data.</summary>
        public List<string> Commands { get; } = [];

        public List<(long At, string Text)> Troubles { get; } = [];

        /// <summary>What the meter was asked.</summary>
        public List<EchonetMessage> Requests { get; } = [];

        /// <summary>What the module says to the first word of a command; the lines of a text are parted by '|'.</summary>
        public Dictionary<string, string> Answers { get; } = new()
        {
            ["SKRESET"] = "OK", ["SKSREG"] = "OK", ["SKVER"] = "EVER 1.2.10||OK",
            ["SKINFO"] = $"EINFO {Own} 001D129000000001 21 FFFF FFFE|OK", ["SKSETPWD"] = "OK", ["SKSETRBID"] = "OK",
            ["SKSCAN"] = $"OK|{Beacon("2F", "8888", "80", "CCDDEEFF")}EVENT 22 {Own}", ["SKLL64"] = Address,
            ["SKJOIN"] = $"OK|EVENT 25 {Address}", ["SKSENDTO"] = $"EVENT 21 {Address} 00|OK",
            ["SKTERM"] = $"OK|EVENT 27 {Address}",
        };

        /// <summary>The meter's properties; what is not here is refused.</summary>
        public Dictionary<byte, string> Meter { get; } = new()
        {
            [0xD6] = "01028801", [0x9D] = "02EAEB", [0x9E] = "00", [0x9F] = "0C9D9E9FD0D3E0E1E3E7E8EAEB",
            [0xD0] = "07EA0B170C0000" + "0001E240" + "00000010", [0xD3] = "00000001", [0xE0] = "0001E240", [0xE1] = "03",
            [0xE3] = "00000010", [0xE7] = "000001F8", [0xE8] = "000A0014", [0xEA] = "07EA0B170C0000" + "0001E240",
            [0xEB] = "07EA0B170C0000" + "00000010",
        };

        /// <summary>Takes what is set and lets it be; null for a meter that does not answer SetC.</summary>
        public Action<byte, byte[]> Set { get; set; }

        /// <summary>What the lines of ERXUDP have behind the MAC address: sec, or LQI, sec and side.</summary>
        public string Security { get; set; } = "1";

        /// <summary>Whether data of ERXUDP is in hexadecimal digits.</summary>
        public bool IsHexadecimal { get; set; }

        /// <summary>The shortest scan that finds the meter, and each takes the time it does; 0: at once.</summary>
        public int FoundAt { get; set; }

        /// <summary>How long the meter takes, ms; less than 0 for one that does not answer.</summary>
        public int Delay { get; set; } = 100;

        /// <summary>Comes before each answer: a frame made of it, or null.</summary>
        public Func<EchonetMessage, EchonetMessage> Before { get; set; }

        /// <summary>A module of the other dialect: a side in many lines, and an LQI where SA2 is set.</summary>
        public ScriptedModule OfDialectC2(bool tellsLqi)
        {
            Security = tellsLqi ? "7C 1 0" : "1 0";
            Answers["SKINFO"] = $"EINFO {Own} 001D129000000001 21 FFFF 0|OK";
            Answers["SKSCAN"] = $"OK|{Beacon("2F", "8888", "80", "CCDDEEFF").Replace("|  PairID", "|  Side:0|  PairID",
                StringComparison.Ordinal).Replace($"20 {Address}", $"20 {Address} 0", StringComparison.Ordinal)}EVENT 22 {Own} 0";
            Answers["SKJOIN"] = $"OK|EVENT 21 {Address} 0 00|EVENT 25 {Address} 0";
            Answers["SKSENDTO"] = $"EVENT 21 {Address} 0 00|OK";
            return this;
        }

        public static string Beacon(string channel, string pan, string lqi, string pairingId)
        {
            return $"EVENT 20 {Address}|EPANDESC|  Channel:{channel}|  Channel Page:09|  Pan ID:{pan}|"
                + $"  Addr:001D129012345678|  LQI:{lqi}|  PairID:{pairingId}|";
        }

        /// <summary>A module on whose line nothing is.</summary>
        public ScriptedModule Dead()
        {
            Answers.Clear();
            return this;
        }

        public void Start(int milliseconds)
        {
            Readings.Start();
            Hems.Start();
            Run(milliseconds);
        }

        public void Run(int milliseconds)
        {
            long end = _now + milliseconds;
            while (true)
            {
                long next = Hems.Step(_now);
                if (_says.TryPeek(out byte[] bytes, out (long At, int) says) && says.At <= _now)
                {
                    _says.Dequeue();
                    Hems.Take(_now, bytes);
                    continue;
                }

                next = Math.Min(next, _says.Count > 0 ? says.At : long.MaxValue);
                if (next > end)
                {
                    _now = end;
                    return;
                }

                _now = Math.Max(_now, next);
            }
        }

        public void Say(string text, int delay = 0)
        {
            Say(Encoding.Latin1.GetBytes(text.Replace("|", "\r\n", StringComparison.Ordinal) + "\r\n"), delay);
        }

        public void SayFrame(EchonetMessage message, int delay = 0, string security = null)
        {
            byte[] frame = message.ToBytes();
            byte[] data = IsHexadecimal ? Encoding.ASCII.GetBytes(Convert.ToHexString(frame)) : frame;
            Say([
                .. Encoding.ASCII.GetBytes($"ERXUDP {Address} {Own} 0E1A 0E1A 001D129012345678 {security ?? Security} "
                    + $"{frame.Length:X4} "),
                .. data, .. "\r\n"u8,
            ], delay);
        }

        private void Say(byte[] bytes, int delay)
        {
            _says.Enqueue(bytes, (_now + delay, _says.Count));
        }

        private void Hear(ReadOnlyMemory<byte> bytes)
        {
            string text = Encoding.Latin1.GetString(bytes.Span);
            bool isDatagram = text.StartsWith("SKSENDTO", StringComparison.Ordinal);
            string[] words = text.Split(' ');
            int length = isDatagram ? int.Parse(words[words[5].Length == 4 ? 5 : 6], NumberStyles.HexNumber) : 0;
            string command = text[..^length].TrimEnd();
            if (command.Length == 0)
            {
                return;
            }

            Commands.Add(command);
            if (FoundAt > 0 && command.StartsWith("SKSCAN", StringComparison.Ordinal))
            {
                Scan(command.Split(' ')[3]);
            }
            else if (Answers.TryGetValue(command.Split(' ')[0], out string answer))
            {
                Say(answer);
            }

            if (isDatagram)
            {
                Answer(EchonetMessage.Parse(bytes.Span[^length..]));
            }
        }

        private void Scan(string duration)
        {
            int number = int.Parse(duration, NumberStyles.HexNumber);
            string[] lines = Answers["SKSCAN"].Split('|');
            int time = 28 * 10 * ((1 << number) + 1);
            Say("OK");
            if (number >= FoundAt)
            {
                Say(string.Join('|', lines[1..^1]), time / 2);
            }

            Say(lines[^1], time);
        }

        private void Answer(EchonetMessage request)
        {
            Requests.Add(request);
            if (Delay >= 0 && Set != null && request.Esv == EchonetMessage.SetC)
            {
                (byte epc, byte[] edt) = request.Properties.Single();
                Set(epc, edt);
                SayFrame(new EchonetMessage
                {
                    Tid = request.Tid, Seoj = request.Deoj, Deoj = request.Seoj, Esv = EchonetMessage.SetRes,
                }.With(epc), Delay);
            }

            if (Delay < 0 || request.Esv != EchonetMessage.Get)
            {
                return;
            }

            if (Before != null)
            {
                SayFrame(Before(request), Delay);
            }

            bool isWhole = request.Properties.All(property => Meter.ContainsKey(property.Epc));
            var answer = new EchonetMessage
            {
                Tid = request.Tid,
                Seoj = request.Deoj,
                Deoj = request.Seoj,
                Esv = isWhole ? EchonetMessage.GetRes : EchonetMessage.GetSna,
            };
            foreach ((byte epc, _) in request.Properties)
            {
                answer.With(epc, Convert.FromHexString(Meter.GetValueOrDefault(epc, string.Empty)));
            }

            SayFrame(answer, Delay);
        }
    }
}
