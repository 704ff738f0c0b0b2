using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text;

namespace NanoComm.Simulators.WiSun
{
    /// <summary>
    /// The commands of a module. Their arguments, answers and errors are those of the BP35A1 command reference
    /// (single-hop edition) as far as it is quoted in public; where it says nothing, the comment does.
    /// </summary>
    internal sealed class ModuleCommands
    {
        public const int UnknownCommand = 4;
        public const int ArgumentCount = 5;
        public const int ArgumentRange = 6;
        public const int UartError = 9;
        public const int Failed = 10;

        private const int Answered = -1;
        private const int Accepted = 0;

        private const int Handles = 6;
        private const int LongestPayload = 0x4D0;
        private const int IdLength = 32;
        private const int PskLength = 16;
        private const int LongestPassword = 32;
        private const int MostDevices = 16;

        private readonly SimulatedModule _module;
        private readonly ModuleOutput _output;
        private readonly Dictionary<string, Command> _table;
        private readonly HashSet<Ip6> _devices = new();
        private readonly ushort[] _ports = new ushort[Handles];

        private byte[] _password = [];
        private byte[] _psk;
        private SendHeader _send;

        public ModuleCommands(SimulatedModule module, ModuleOutput output)
        {
            _module = module;
            _output = output;
            int scanArguments = IsC2 ? 4 : 3;
            _table = new Dictionary<string, Command>
            {
                ["SKSREG"] = new(1, 2, Register),
                ["SKINFO"] = new(0, 0, Info),
                ["SKVER"] = new(0, 0, Version),
                ["SKAPPVER"] = new(0, 0, ApplicationVersion),
                ["SKRESET"] = new(0, 0, ResetModule),
                ["SKSTART"] = new(0, 0, Start),
                ["SKJOIN"] = new(1, 1, Join),
                ["SKREJOIN"] = new(0, 0, _ => _module.Radio.Client.Renew() ? Accepted : Failed),
                ["SKTERM"] = new(0, 0, Terminate),
                ["SKPING"] = new(1, 1, Ping),
                ["SKSCAN"] = new(scanArguments, scanArguments, Scan),
                ["SKLL64"] = new(1, 1, LinkLocal),
                ["SKADDNBR"] = new(2, 2, AddNeighbour),
                ["SKSETPWD"] = new(2, 2, SetPassword),
                ["SKSETRBID"] = new(1, 1, SetId),
                ["SKSETPSK"] = new(2, 2, SetPsk),
                ["SKREGDEV"] = new(1, 1, RegisterDevice),
                ["SKRMDEV"] = new(1, 1, RemoveDevice),
                ["SKUDPPORT"] = new(2, 2, SetPort),
                ["SKTABLE"] = new(1, 1, Table),
                ["SKSAVE"] = new(0, 0, Save),
                ["SKLOAD"] = new(0, 0, Load),
                ["SKERASE"] = new(0, 0, Erase),
                ["ROPT"] = new(0, 0, _ => AnswerProduct($"OK {_module.Flash.Option:X2}")),
                ["WOPT"] = new(1, 1, WriteOption),
                ["RUART"] = new(0, 0, _ => AnswerProduct($"OK {_module.Flash.Uart:X2}")),
                ["WUART"] = new(1, 1, WriteUart),
            };
            Reset();
        }

        /// <summary>Route-B id, 32 characters, or empty before SKSETRBID.</summary>
        public string RouteBId { get; private set; } = string.Empty;

        /// <summary>What PANA proves: set by SKSETPSK, or made of id and password.</summary>
        public byte[] Psk => _psk ??= EapPsk.MakePsk(RouteBId, _password);

        private bool IsC2 => _module.Options.Dialect == ModuleDialect.C2;

        private string SideSuffix => IsC2 ? " 0" : string.Empty;

        public void Reset()
        {
            RouteBId = string.Empty;
            _password = [];
            _psk = null;
            _devices.Clear();
            Array.Clear(_ports);
            _ports[0] = 3610;
            _ports[1] = PanaMessage.Port;
        }

        public bool IsListening(ushort port)
        {
            return Array.IndexOf(_ports, port) >= 0 && port != 0;
        }

        public void Execute(string line)
        {
            _module.Statistics.Commands++;
            string[] words = line.TrimEnd(' ').Split(' ');
            if (!_table.TryGetValue(words[0], out Command command))
            {
                // A SKSENDTO that ended before its payload could begin.
                Fail(words[0] == "SKSENDTO" ? ArgumentCount : UnknownCommand);
                return;
            }

            int count = words.Length - 1;
            int result = count < command.Least || count > command.Most ? ArgumentCount : command.Run(words[1..]);
            switch (result)
            {
                case Accepted:
                    _output.Ok("OK\r\n");
                    break;
                case Answered:
                    break;
                default:
                    Fail(result, words[0].StartsWith("SK", StringComparison.Ordinal) ? "\r\n" : "\r");
                    break;
            }
        }

        public void Fail(int code, string end = "\r\n")
        {
            _module.Statistics.Failures++;
            _output.Send(Encoding.Latin1.GetBytes($"FAIL ER{code:D2}{end}"));
        }

        /// <summary>Looks at what there is of the arguments of SKSENDTO.</summary>
        /// <param name="words">Handle, address, port, sec, (C2: side,) length; as many as are complete.</param>
        /// <param name="length">How long the payload is, or 0 when arguments are missing.</param>
        /// <returns>0, or the error.</returns>
        public int PrepareSendTo(string[] words, out int length)
        {
            length = 0;
            int lengthAt = IsC2 ? 5 : 4;
            var header = new SendHeader();
            if ((words.Length > 0 && !TryNumber(words[0], 1, 1, Handles, out header.Handle))
                || (words.Length > 1 && !Ip6.TryParse(words[1], out header.Address))
                || (words.Length > 2 && !TryNumber(words[2], 4, 1, 0xFFFF, out header.Port))
                || (words.Length > 3 && !TryNumber(words[3], 1, 0, 2, out header.Security)))
            {
                return ArgumentRange;
            }

            // The wrong dialect shows in the fifth argument: a side has one digit, a length four.
            if (words.Length > 4 && words[4].Length != (IsC2 ? 1 : 4))
            {
                return ArgumentCount;
            }

            if (IsC2 && words.Length > 4 && !TryNumber(words[4], 1, 0, 1, out _))
            {
                return ArgumentRange;
            }

            if (words.Length > lengthAt)
            {
                if (words[lengthAt].Length != 4 || !TryNumber(words[lengthAt], 4, 1, LongestPayload, out length))
                {
                    return ArgumentRange;
                }

                _send = header;
            }

            return 0;
        }

        /// <summary>Sends the payload that <see cref="PrepareSendTo"/> announced.</summary>
        public void SendTo(byte[] payload)
        {
            _module.Statistics.Commands++;
            SendHeader header = _send;
            byte[] key = header.Security == 0 ? null : _module.Radio.KeyFor(header.Address);
            if ((header.Security == 1 && key == null) || _module.Radio.IsScanning || _ports[header.Handle - 1] == 0
                || (_module.IsLimited && _module.Options.RefusesWhileLimited))
            {
                Fail(Failed);
                return;
            }

            _module.Begin();
            _module.Radio.SendHost(header.Address, _ports[header.Handle - 1], (ushort)header.Port, payload, key, result =>
            {
                string told = $"EVENT 21 {header.Address}{SideSuffix} {result:X2}";
                if (_module.Faults.OkBeforeEvent)
                {
                    _output.Ok("OK\r\n");
                }

                _module.Statistics.CountEvent(0x21);
                _output.Line(told);
                if (!_module.Faults.OkBeforeEvent)
                {
                    _output.Ok("OK\r\n");
                }

                _module.End();
            });
        }

        private static bool TryNumber(string text, int digits, int least, int most, out int value)
        {
            return int.TryParse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out value)
                && text.Length <= digits && value >= least && value <= most;
        }

        private static bool TryMac(string text, out ulong mac)
        {
            mac = 0;
            return text.Length == 16 && ulong.TryParse(text, NumberStyles.AllowHexSpecifier,
                CultureInfo.InvariantCulture, out mac);
        }

        private int Register(string[] words)
        {
            string name = Normalise(words[0]);
            bool isWrite = words.Length == 2;
            string own = name switch
            {
                "S01" => $"{_module.Mac:X16}",
                "S07" => $"{_module.Radio.FrameCounter:X8}",
                "SFB" => _module.IsLimited ? "1" : "0",
                "SFD" => $"{_module.TransmitMilliseconds:X16}",
                _ => null,
            };
            if (own != null && isWrite && name == "S01" && TryMac(words[1], out ulong mac))
            {
                _module.Mac = mac;
                return Accepted;
            }

            if ((own == null && !_module.Registers.Exists(name)) || (own != null && isWrite))
            {
                return ArgumentRange;
            }

            if (!isWrite)
            {
                _output.Line("ESREG " + (own ?? _module.Registers.Read(name)));
                return Accepted;
            }

            return _module.Registers.Write(name, words[1]) ? Accepted : ArgumentRange;
        }

        // Many clients write S2 for S02, and modules take it.
        private static string Normalise(string name)
        {
            return name.Length == 2 && name[0] == 'S' ? "S0" + name[1] : name;
        }

        private int Info(string[] words)
        {
            ModuleRegisters registers = _module.Registers;
            _output.Line($"EINFO {_module.Address} {_module.Mac:X16} {registers.Channel:X2} {registers.Pan:X4} "
                + (IsC2 ? "0" : "FFFE"));
            return Accepted;
        }

        private int Version(string[] words)
        {
            _output.Line("EVER " + (_module.Options.Version ?? (IsC2 ? "1.5.2" : "1.2.10")));
            return Accepted;
        }

        private int ApplicationVersion(string[] words)
        {
            _output.Line("EAPPVER rev26e");
            return Accepted;
        }

        private int ResetModule(string[] words)
        {
            _module.Statistics.SoftResets++;
            _module.Begin();
            _module.AfterInThisPower(_module.Options.ResetMilliseconds, () =>
            {
                if (!_module.Faults.IgnoresReset)
                {
                    _module.SoftReset();
                }

                _output.Ok("OK\r\n");
                _module.End();
            });
            return Answered;
        }

        // As a coordinator C2 is not known to work.
        private int Start(string[] words)
        {
            if (IsC2)
            {
                return Failed;
            }

            _module.Radio.StartCoordinator();
            return Accepted;
        }

        private int Join(string[] words)
        {
            if (!Ip6.TryParse(words[0], out Ip6 peer))
            {
                return ArgumentRange;
            }

            // A second SKJOIN while the first one is under way: our choice.
            if (_module.Radio.IsCoordinator || _module.Radio.Client.IsJoining)
            {
                return Failed;
            }

            _output.Ok("OK\r\n");
            _module.Radio.AfterScan(() => _module.Radio.Client.Join(peer));
            return Answered;
        }

        private int Terminate(string[] words)
        {
            return _module.Radio.Client.Terminate() || _module.Radio.Server.Terminate() ? Accepted : Failed;
        }

        private int Ping(string[] words)
        {
            if (!Ip6.TryParse(words[0], out Ip6 peer))
            {
                return ArgumentRange;
            }

            _output.Ok("OK\r\n");
            _module.Radio.Ping(peer);
            return Answered;
        }

        private int Scan(string[] words)
        {
            if (!TryNumber(words[0], 1, 0, 3, out int mode) || mode == 1 || words[1].Length != 8
                || !uint.TryParse(words[1], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture,
                    out uint mask) || mask == 0
                || !TryNumber(words[2], 1, 0, 14, out int duration)
                || (IsC2 && !TryNumber(words[3], 1, 0, 1, out _)))
            {
                return ArgumentRange;
            }

            if (_module.Radio.IsScanning || _module.Radio.Client.IsJoining)
            {
                return Failed;
            }

            _output.Ok("OK\r\n");
            _module.Radio.Scan(mode, mask, duration);
            return Answered;
        }

        private int LinkLocal(string[] words)
        {
            if (!TryMac(words[0], out ulong mac))
            {
                return ArgumentRange;
            }

            _output.Line(Ip6.LinkLocal(mac).ToString());
            return Answered;
        }

        private int AddNeighbour(string[] words)
        {
            if (!Ip6.TryParse(words[0], out Ip6 address) || !TryMac(words[1], out ulong mac))
            {
                return ArgumentRange;
            }

            _module.Radio.Neighbours.Learn(address, mac, _module.Now);
            return Accepted;
        }

        // A password shorter than said is filled up with what happens to be there, a longer one is cut.
        private int SetPassword(string[] words)
        {
            if (!TryNumber(words[0], 2, 1, LongestPassword, out int length) || words[1].Length == 0)
            {
                return ArgumentRange;
            }

            byte[] password = _module.RandomBytes(length);
            byte[] given = Encoding.Latin1.GetBytes(words[1]);
            given.AsSpan(0, Math.Min(length, given.Length)).CopyTo(password);
            _password = password;
            _psk = null;
            return Accepted;
        }

        private int SetId(string[] words)
        {
            if (words[0].Length != IdLength)
            {
                return ArgumentRange;
            }

            RouteBId = words[0];
            _module.Registers.PairingId = RouteBId[^ModuleRegisters.PairingIdLength..];
            _psk = null;
            return Accepted;
        }

        private int SetPsk(string[] words)
        {
            if (!TryNumber(words[0], 2, PskLength, PskLength, out _) || words[1].Length != 2 * PskLength
                || !TryHex(words[1], out byte[] psk))
            {
                return ArgumentRange;
            }

            _psk = psk;
            return Accepted;
        }

        private static bool TryHex(string text, out byte[] bytes)
        {
            bytes = new byte[text.Length / 2];
            return Convert.FromHexString(text, bytes, out _, out _) == System.Buffers.OperationStatus.Done;
        }

        private int RegisterDevice(string[] words)
        {
            if (!Ip6.TryParse(words[0], out Ip6 device))
            {
                return ArgumentRange;
            }

            return _devices.Count < MostDevices || _devices.Contains(device) ? Keep(device) : Failed;
        }

        private int Keep(Ip6 device)
        {
            _devices.Add(device);
            return Accepted;
        }

        private int RemoveDevice(string[] words)
        {
            if (!Ip6.TryParse(words[0], out Ip6 device))
            {
                return ArgumentRange;
            }

            return _devices.Remove(device) ? Accepted : Failed;
        }

        private int SetPort(string[] words)
        {
            if (!TryNumber(words[0], 1, 1, Handles, out int handle) || !TryNumber(words[1], 4, 0, 0xFFFF, out int port))
            {
                return ArgumentRange;
            }

            _ports[handle - 1] = (ushort)port;
            return Accepted;
        }

        private int Table(string[] words)
        {
            switch (words[0])
            {
                case "1":
                    _output.Line("EADDR");
                    _output.Line(_module.Address.ToString());
                    return Accepted;
                case "2":
                    _output.Line("ENEIGHBOR");
                    foreach ((Ip6 address, ulong mac) in _module.Radio.Neighbours.Entries)
                    {
                        _output.Line($"{address} {mac:X16} FFFF");
                    }

                    return Accepted;
                case "E":
                    _output.Line("EPORT");
                    foreach (ushort port in _ports)
                    {
                        _output.Line(port.ToString(CultureInfo.InvariantCulture));
                    }

                    PrintTcpPorts();
                    return Accepted;
                default:
                    return ArgumentRange;
            }
        }

        // Not in the manual; seen of version 1.2.10.
        private void PrintTcpPorts()
        {
            if (!IsC2)
            {
                foreach (string line in (string[])[string.Empty, "3610", "0", "0", "0"])
                {
                    _output.Line(line);
                }
            }
        }

        private int Save(string[] words)
        {
            return WriteFlash(() => _module.Flash.Saved = _module.Registers.Clone(), "OK\r\n");
        }

        private int Load(string[] words)
        {
            if (_module.Flash.Saved == null)
            {
                return Failed;
            }

            _module.Registers = _module.Flash.Saved.Clone();
            return Accepted;
        }

        private int Erase(string[] words)
        {
            return WriteFlash(() => _module.Flash.Saved = null, "OK\r\n");
        }

        private int WriteOption(string[] words)
        {
            return TryNumber(words[0], 2, 0, 1, out int option)
                ? WriteFlash(() => _module.Flash.Option = (byte)option, "OK\r")
                : ArgumentRange;
        }

        // Baud rate, character interval and flow control as a bit field; the line itself goes on as it is.
        private int WriteUart(string[] words)
        {
            return TryNumber(words[0], 2, 0, 0xFF, out int uart)
                ? WriteFlash(() => _module.Flash.Uart = (byte)uart, "OK\r")
                : ArgumentRange;
        }

        private int WriteFlash(Action write, string answer)
        {
            _module.Statistics.FlashWrites++;
            write();
            _module.Begin();
            _module.AfterInThisPower(_module.Options.FlashMilliseconds, () =>
            {
                _output.Ok(answer);
                _module.End();
            });
            return Answered;
        }

        private int AnswerProduct(string text)
        {
            _output.Ok(text + "\r");
            return Answered;
        }

        private sealed record Command(int Least, int Most, Func<string[], int> Run);

        private sealed class SendHeader
        {
            public int Handle;
            public Ip6 Address;
            public int Port;
            public int Security;
        }
    }
}
