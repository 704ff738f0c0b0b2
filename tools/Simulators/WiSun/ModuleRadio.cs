using System;
using System.Collections.Generic;
using System.Text;

namespace NanoComm.Simulators.WiSun
{
    /// <summary>What a module does in the air.</summary>
    internal sealed class ModuleRadio
    {
        private const ushort AnyPan = 0xFFFF;
        private const int MostInAir = 8;
        private const byte Sent = 0x00;
        private const byte NotSent = 0x01;
        private const byte Solicited = 0x02;

        // When a coordinator answers a beacon request, ms: our choice, well within the time of duration 4.
        private const int FirstBeaconDelay = 5;
        private const int LastBeaconDelay = 60;

        private readonly SimulatedModule _module;
        private readonly ModuleOutput _output;
        private readonly HashSet<ulong> _found = new();
        private (Ip6 Peer, byte[] Payload) _waiting;
        private int _inAir;
        private int _scanMode;
        private Action _afterScan;
        private byte _scanChannel;

        public ModuleRadio(SimulatedModule module, ModuleOutput output)
        {
            _module = module;
            _output = output;
            Neighbours = new NeighbourTable(module.Options.NeighbourLifetime);
            Client = new PanaClient(module);
            Server = new PanaServer(module);
        }

        public NeighbourTable Neighbours { get; }

        public PanaClient Client { get; }

        public PanaServer Server { get; private set; }

        public bool IsCoordinator { get; private set; }

        public bool IsScanning => _scanChannel != 0;

        /// <summary>Encrypted frames sent (S07).</summary>
        public uint FrameCounter { get; private set; }

        public PanaSession Session => Client.Session ?? Server.Session;

        private byte Channel => IsScanning ? _scanChannel : _module.Registers.Channel;

        private bool IsC2 => _module.Options.Dialect == ModuleDialect.C2;

        /// <summary>The key for a peer, or for all of the session's PAN; null without a session.</summary>
        public byte[] KeyFor(Ip6 address)
        {
            return Session != null && (address.IsMulticast || Session.Peer == address) ? Session.Key : null;
        }

        /// <summary>SKSTART: answers beacon requests from now on, and lets clients in; a session is gone.</summary>
        public void StartCoordinator()
        {
            IsCoordinator = true;
            _module.Registers.AnswersBeaconRequests = true;
            Server = new PanaServer(_module);
        }

        public bool IsTunedTo(AirFrame frame)
        {
            if (Channel != frame.Channel)
            {
                return false;
            }

            if (IsScanning || frame.Kind == AirFrameKind.Beacon)
            {
                return IsScanning && frame.Kind == AirFrameKind.Beacon;
            }

            return (frame.To == null || frame.To == _module.Mac)
                && (frame.Pan == AnyPan || frame.Pan == _module.Registers.Pan);
        }

        public void Hear(AirFrame frame, byte lqi)
        {
            Ip6 sender = Ip6.LinkLocal(frame.From);
            switch (frame.Kind)
            {
                case AirFrameKind.BeaconRequest:
                    HearBeaconRequest(frame);
                    break;
                case AirFrameKind.Beacon:
                    HearBeacon(frame, lqi);
                    break;
                case AirFrameKind.Solicitation when frame.Destination == _module.Address:
                    Neighbours.Learn(sender, frame.From, _module.Now);
                    _module.Raise(0x01, sender);
                    Transmit(AirFrameKind.Advertisement, frame.From, _ => { });
                    break;
                case AirFrameKind.Advertisement:
                    Neighbours.Learn(sender, frame.From, _module.Now);
                    _module.Raise(0x02, sender);
                    SendWaiting(sender);
                    break;
                case AirFrameKind.EchoRequest:
                    HearEchoRequest(frame, sender);
                    break;
                case AirFrameKind.EchoReply:
                    _output.Line($"EPONG {sender}");
                    break;
                case AirFrameKind.Datagram:
                    HearDatagram(frame, sender, lqi);
                    break;
                default:
                    break;
            }
        }

        /// <summary>Sends a datagram of the host.</summary>
        /// <param name="to">Address.</param>
        /// <param name="source">Source port.</param>
        /// <param name="destination">Destination port.</param>
        /// <param name="payload">Payload.</param>
        /// <param name="key">Encrypts, or null.</param>
        /// <param name="done">Told what EVENT 21 says.</param>
        public void SendHost(Ip6 to, ushort source, ushort destination, byte[] payload, byte[] key, Action<byte> done)
        {
            if (_module.Happens(_module.Faults.SendFails))
            {
                _module.After(1, () => done(NotSent));
            }
            else if (_module.Happens(_module.Faults.SendSolicits))
            {
                _module.After(1, () => done(Solicited));
            }
            else if (_module.Faults.IsSilentAfterJoin)
            {
                _module.After(1, () => done(Sent));
            }
            else
            {
                Send(to, source, destination, payload, key, result =>
                {
                    _module.Statistics.DatagramsSent += result == Sent ? 1 : 0;
                    done(result);
                });
            }
        }

        /// <summary>Sends a PANA message; the host sees the EVENT 21 of it. One that has to wait for a neighbour is
        /// sent when the neighbour has answered, without a second event (so the recorded joins).</summary>
        public void SendPana(Ip6 peer, byte[] message, Action sent)
        {
            Send(peer, PanaMessage.Port, PanaMessage.Port, message, null, result =>
            {
                if (result == Solicited)
                {
                    _waiting = (peer, message);
                }

                _module.Raise(0x21, peer, result);
                sent?.Invoke();
            });
        }

        public void Ping(Ip6 peer)
        {
            if (Neighbours.TryFind(peer, _module.Now, out ulong mac))
            {
                Transmit(AirFrameKind.EchoRequest, mac, _ => { });
            }
            else
            {
                Solicit(peer, _ => _module.Raise(0x21, peer, Solicited));
            }
        }

        /// <summary>SKSCAN.</summary>
        /// <param name="mode">0 energy, 2 beacons of our pairing id, 3 all beacons.</param>
        /// <param name="mask">Bit 0 is channel 21.</param>
        /// <param name="duration">0.01 s · (2^d + 1) on each channel.</param>
        public void Scan(int mode, uint mask, int duration)
        {
            _scanMode = mode;
            var energies = new StringBuilder();
            ScanNext(WiSunAir.FirstChannel, mask, 10 * ((1 << duration) + 1), energies);
        }

        /// <summary>Does what has to wait for the end of a scan. Programs of the field join as soon as they see a
        /// beacon, while the scan goes on, and modules put up with it.</summary>
        public void AfterScan(Action action)
        {
            if (IsScanning)
            {
                _afterScan = action;
            }
            else
            {
                action();
            }
        }

        private void ScanNext(int channel, uint mask, int time, StringBuilder energies)
        {
            while (channel <= WiSunAir.LastChannel && (mask >> (channel - WiSunAir.FirstChannel) & 1) == 0)
            {
                channel++;
            }

            if (channel > WiSunAir.LastChannel)
            {
                EndScan(energies);
                return;
            }

            _scanChannel = (byte)channel;
            _found.Clear();
            if (_scanMode == 0)
            {
                energies.Append($"{(energies.Length > 0 ? " " : string.Empty)}{channel:X2} "
                    + $"{_module.Air.GetEnergy((byte)channel):X2}");
            }
            else
            {
                Transmit(new AirFrame
                {
                    Kind = AirFrameKind.BeaconRequest,
                    Channel = _scanChannel,
                    Pan = AnyPan,
                    From = _module.Mac,
                    PairingId = _scanMode == 2 ? _module.Registers.PairingId : null,
                }, _ => { });
            }

            _module.After(time, () => ScanNext(channel + 1, mask, time, energies));
        }

        private void EndScan(StringBuilder energies)
        {
            _scanChannel = 0;
            _module.Raise(_scanMode == 0 ? (byte)0x1F : (byte)0x22, _module.Address);
            if (_scanMode == 0)
            {
                _output.Line("EEDSCAN");
                _output.Line(energies.ToString());
                if (!IsC2)
                {
                    // Not in the manual; seen of version 1.2.10.
                    _output.Line(string.Empty);
                }
            }

            Action next = _afterScan;
            _afterScan = null;
            next?.Invoke();
        }

        private void HearBeaconRequest(AirFrame request)
        {
            if (!_module.Registers.AnswersBeaconRequests
                || (request.PairingId != null && request.PairingId != _module.Registers.PairingId))
            {
                return;
            }

            _module.After(_module.Air.Random.Next(FirstBeaconDelay, LastBeaconDelay), () =>
            {
                if (!IsScanning)
                {
                    _module.Statistics.Beacons++;
                    Transmit(new AirFrame
                    {
                        Kind = AirFrameKind.Beacon,
                        Channel = _module.Registers.Channel,
                        Pan = _module.Registers.Pan,
                        From = _module.Mac,
                        PairingId = request.PairingId,
                    }, _ => { });
                }
            });
        }

        // EVENT 20 carries the scanner's own address (so the recorded scans).
        private void HearBeacon(AirFrame beacon, byte lqi)
        {
            bool isWanted = _scanMode == 3 || beacon.PairingId == _module.Registers.PairingId;
            if (!IsScanning || _scanMode == 0 || !isWanted || !_found.Add(beacon.From))
            {
                return;
            }

            _module.Raise(0x20, _module.Address);
            _output.Line("EPANDESC");
            _output.Line($"  Channel:{beacon.Channel:X2}");
            _output.Line("  Channel Page:09");
            _output.Line($"  Pan ID:{beacon.Pan:X4}");
            _output.Line($"  Addr:{beacon.From:X16}");
            _output.Line($"  LQI:{lqi:X2}");
            if (IsC2)
            {
                _output.Line("  Side:0");
            }

            if (_scanMode == 2)
            {
                _output.Line($"  PairID:{beacon.PairingId}");
            }
        }

        private void HearEchoRequest(AirFrame request, Ip6 sender)
        {
            if (_module.Registers.AnswersEcho)
            {
                _module.Raise(0x05, sender);
                Transmit(AirFrameKind.EchoReply, request.From, _ => { });
            }
        }

        private void HearDatagram(AirFrame frame, Ip6 sender, byte lqi)
        {
            if (frame.Key != null && !frame.Key.AsSpan().SequenceEqual(KeyFor(sender)))
            {
                _module.Statistics.Undecipherable++;
                return;
            }

            bool isPana = frame.DestinationPort == PanaMessage.Port;
            if (!_module.Commands.IsListening(frame.DestinationPort))
            {
                _module.Statistics.NoListener++;
                return;
            }

            if (!isPana)
            {
                if (_module.Faults.IsSilentAfterJoin)
                {
                    return;
                }

                _module.Statistics.DatagramsReceived++;
            }

            Print(frame, sender, lqi);
            if (isPana && !_module.IsPanaDead && PanaMessage.Parse(frame.Payload) is { } message)
            {
                HearPana(sender, frame.Payload, message);
            }
        }

        private void HearPana(Ip6 sender, byte[] bytes, PanaMessage message)
        {
            if (IsCoordinator)
            {
                Server.Hear(sender, bytes, message);
            }
            else
            {
                Client.Hear(sender, bytes, message);
            }
        }

        private void Print(AirFrame frame, Ip6 sender, byte lqi)
        {
            var line = new StringBuilder($"ERXUDP {sender} {frame.Destination} {frame.SourcePort:X4} "
                + $"{frame.DestinationPort:X4} {frame.From:X16} ");
            if (IsC2 && _module.Registers.PrintsLqi)
            {
                line.Append($"{lqi:X2} ");
            }

            line.Append(frame.Key != null ? "1 " : "0 ");
            line.Append(IsC2 ? "0 " : string.Empty);
            line.Append($"{frame.Payload.Length:X4} ");
            if (_module.Flash.Option == 0)
            {
                _output.Send([.. Encoding.Latin1.GetBytes(line.ToString()), .. frame.Payload, .. "\r\n"u8]);
            }
            else
            {
                line.Append(Convert.ToHexString(frame.Payload));
                _output.Line(line.ToString());
            }
        }

        private void Send(Ip6 to, ushort source, ushort destination, byte[] payload, byte[] key, Action<byte> done)
        {
            if (_module.IsLimited || _inAir >= MostInAir)
            {
                _module.After(1, () => done(NotSent));
                return;
            }

            ulong mac = 0;
            if (!to.IsMulticast && !Neighbours.TryFind(to, _module.Now, out mac))
            {
                Solicit(to, isSent => done(isSent ? Solicited : NotSent));
                return;
            }

            FrameCounter += key != null ? 1u : 0u;
            Transmit(new AirFrame
            {
                Kind = AirFrameKind.Datagram,
                Channel = _module.Registers.Channel,
                Pan = _module.Registers.Pan,
                From = _module.Mac,
                To = to.IsMulticast ? null : mac,
                Destination = to,
                SourcePort = source,
                DestinationPort = destination,
                Payload = payload,
                Key = key,
            }, isSent => done(isSent ? Sent : NotSent));
        }

        private void SendWaiting(Ip6 peer)
        {
            if (_waiting.Payload != null && _waiting.Peer == peer)
            {
                byte[] payload = _waiting.Payload;
                _waiting = default;
                Send(peer, PanaMessage.Port, PanaMessage.Port, payload, null, _ => { });
            }
        }

        private void Solicit(Ip6 target, Action<bool> done)
        {
            Transmit(new AirFrame
            {
                Kind = AirFrameKind.Solicitation,
                Channel = _module.Registers.Channel,
                Pan = _module.Registers.Pan,
                From = _module.Mac,
                Destination = target,
            }, done);
        }

        private void Transmit(AirFrameKind kind, ulong to, Action<bool> done)
        {
            Transmit(new AirFrame
            {
                Kind = kind,
                Channel = _module.Registers.Channel,
                Pan = _module.Registers.Pan,
                From = _module.Mac,
                To = to,
                Destination = Ip6.LinkLocal(to),
            }, done);
        }

        // Nothing leaves a module that may not send, or has too much under way already.
        private void Transmit(AirFrame frame, Action<bool> done)
        {
            if (_module.IsLimited || _inAir >= MostInAir)
            {
                _module.After(1, () => done(false));
                return;
            }

            _inAir++;
            long generation = _module.Generation;
            _module.Air.Transmit(_module, frame, isSent =>
            {
                if (_module.Generation == generation)
                {
                    _inAir--;
                    if (!_module.IsDead)
                    {
                        done(isSent);
                    }
                }
            });
        }
    }
}
