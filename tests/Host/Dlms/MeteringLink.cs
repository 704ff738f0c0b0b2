using System;
using System.Collections.Generic;
using System.Linq;
using NanoComm.Dlms;
using NanoComm.Hal;
using NanoComm.Hal.Host;
using NanoComm.Records;
using NanoComm.Simulators;
using NanoComm.Simulators.Dlms;

using HdlcFrame = NanoComm.Dlms.HdlcFrame;

namespace NanoComm.Tests.Host.Dlms
{
    /// <summary>
    /// The client and the simulated metering unit on a line of a stated speed. Time passes only while the client
    /// waits; every byte takes its ten bits. Frames may be tampered with on the way.
    /// </summary>
    internal sealed class MeteringLink : ISerialLine, IClock, ILoops, ISignal, IInvocationCounter
    {
        public const int PairingSap = 2;
        public const int PublicSap = 16;

        public static readonly DateTime Start = new(2026, 3, 1, 10, 15, 20);

        private const int BitsPerByte = 10;
        private const int Chunk = 16;

        private readonly Queue<(long Due, byte[] Bytes)> _toClient = new();
        private readonly Queue<(long Due, byte[] Bytes)> _toServer = new();
        private readonly List<byte> _arrived = new();
        private long _clientLineFree;
        private long _serverLineFree;
        private uint _counter = 1000;

        public MeteringLink(int baudRate = 9600, MeteringUnitOptions options = null, LinkSettings settings = null,
            IInvocationCounter counter = null)
        {
            BaudRate = baudRate;
            var random = new SeededRandom(7);
            byte[] clientTitle = Convert.FromHexString("4E434D0000000001");
            byte[] serverTitle = Convert.FromHexString("4E434D4D00000002");
            PairingKeys keys = PairingKeys.MakeUp(1, clientTitle, random);
            var store = new DurableStore(new NanoComm.Hal.Host.MemoryFiles());
            State = MeteringUnitState.Make(store, serverTitle, "SIM000000001", keys, null);
            Energy = new SimulatedMeteringUnit(HouseholdData.Recorded, this, Start, 1);
            Server = new MeteringUnitServer(Energy, State, this, random, options);
            Server.Send += Send;
            Security = new SecurityContext(clientTitle, serverTitle, new AesBlockCipher(keys.EncryptionKey),
                keys.AuthenticationKey, counter ?? this);
            Client = new DlmsClient(this, this, this, random, settings ?? new LinkSettings());
        }

        public SimulatedMeteringUnit Energy { get; }

        public MeteringUnitState State { get; }

        public MeteringUnitServer Server { get; }

        public SecurityContext Security { get; }

        public DlmsClient Client { get; }

        public int BaudRate { get; }

        public long Milliseconds { get; private set; }

        public bool IsStopping { get; set; }

        /// <summary>Whether the client has the association that <see cref="Associate"/> asks for.</summary>
        public bool IsAssociated => Client.IsAssociatedWith(PairingSap, Security);

        /// <summary>Bytes on the wire, both ways.</summary>
        public int Bytes { get; set; }

        /// <summary>Frames from the server so far.</summary>
        public int ServerFrames { get; private set; }

        /// <summary>Changes frames on their way to the client: number from 0 and bytes in, bytes out.</summary>
        public Func<int, byte[], byte[]> Tamper { get; set; } = (_, frame) => frame;

        /// <summary>Changes frames on their way to the server.</summary>
        public Func<byte[], byte[]> TamperRequest { get; set; } = frame => frame;

        public DlmsResult Associate()
        {
            return Client.Associate(PairingSap, Security);
        }

        public void Advance(long milliseconds)
        {
            Milliseconds += milliseconds;
        }

        public bool Next(out uint value)
        {
            value = _counter++;
            return true;
        }

        public ISignal CreateSignal(string name)
        {
            return this;
        }

        public void Notify(ISignal received)
        {
        }

        public void Set()
        {
        }

        LoopBeat ILoops.Start(string name, IReaction reaction, ISignal wake)
        {
            throw new NotSupportedException();
        }

        LoopBeat ILoops.Start(string name, ISequence sequence)
        {
            throw new NotSupportedException();
        }

        void ILoops.StartWatch(IReaction watch)
        {
            throw new NotSupportedException();
        }

        public WaitResult Wait(long deadline)
        {
            while (!IsStopping)
            {
                long toServer = _toServer.Count > 0 ? _toServer.Peek().Due : long.MaxValue;
                long toClient = _toClient.Count > 0 ? _toClient.Peek().Due : long.MaxValue;
                long next = Math.Min(toServer, toClient);
                if (next > deadline)
                {
                    Milliseconds = Math.Max(Milliseconds, deadline);
                    return WaitResult.TimedOut;
                }

                Milliseconds = Math.Max(Milliseconds, next);
                if (toServer <= toClient)
                {
                    Server.Receive(_toServer.Dequeue().Bytes);
                    continue;
                }

                _arrived.AddRange(_toClient.Dequeue().Bytes);
                return WaitResult.Signalled;
            }

            return WaitResult.Stopping;
        }

        public int Read(byte[] buffer, int offset, int count)
        {
            count = Math.Min(count, _arrived.Count);
            _arrived.CopyTo(0, buffer, offset, count);
            _arrived.RemoveRange(0, count);
            return count;
        }

        public bool Write(byte[] buffer, int offset, int count)
        {
            Bytes += count;
            byte[] frame = TamperRequest(buffer.AsSpan(offset, count).ToArray());
            _serverLineFree = Math.Max(_serverLineFree, Milliseconds) + Duration(count);
            _toServer.Enqueue((_serverLineFree, frame));
            return true;
        }

        public void DiscardInput()
        {
            _arrived.Clear();
        }

        /// <summary>A frame with another information field, whole again.</summary>
        public static byte[] Reframe(byte[] frame, byte[] information)
        {
            var whole = new byte[information.Length + HdlcFrame.Overhead];
            information.CopyTo(whole, HdlcFrame.InformationOffset);
            int length = HdlcFrame.Complete(
                whole, information.Length, (frame[1] & 0x08) != 0, frame[3], frame[4], frame[5]);
            return whole.AsSpan(0, length).ToArray();
        }

        private void Send(ReadOnlyMemory<byte> bytes)
        {
            byte[] frame = Tamper(ServerFrames++, bytes.ToArray());
            Bytes += frame.Length;
            _clientLineFree = Math.Max(_clientLineFree, Milliseconds);
            foreach (byte[] part in frame.Chunk(Chunk))
            {
                _clientLineFree += Duration(part.Length);
                _toClient.Enqueue((_clientLineFree, part));
            }
        }

        private long Duration(int bytes)
        {
            return ((bytes * BitsPerByte * 1000L) + BaudRate - 1) / BaudRate;
        }
    }
}
