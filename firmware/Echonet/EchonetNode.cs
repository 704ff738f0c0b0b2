using System;
using NanoComm.Bytes;

namespace NanoComm.Echonet
{
    /// <summary>
    /// The ECHONET Lite node: one call from request to response, without I/O, waiting or allocation. One loop at a
    /// time may call it.
    /// </summary>
    public sealed class EchonetNode
    {
        /// <summary>
        /// Bytes that a response buffer has. A response never has more than <see cref="EchonetFrame.MaxLength"/>;
        /// the rest is room to try a property that may turn out not to fit.
        /// </summary>
        public const int BufferLength = EchonetFrame.MaxLength + 2 + 255;

        private const int DropReasons = (int)DropReason.OverLimit + 1;

        // What was captured of real meters, and what public controllers match in what is sent to them.
        private const int ControllerTid = 0x0001;

        private readonly EchonetObject[] _objects;
        private readonly int[] _drops = new int[DropReasons];
        private int _nextTid;

        /// <summary>Makes a node.</summary>
        /// <param name="firstTid">Transaction id of the first notification, 0…65535.</param>
        /// <param name="objects">Its objects, at most one of a class.</param>
        public EchonetNode(int firstTid, params EchonetObject[] objects)
        {
            _nextTid = firstTid;
            _objects = objects;
            int selectors = 0;
            int announcing = 0;
            for (int i = 0; i < objects.Length; i++)
            {
                selectors = objects[i].PlaceSelectors(selectors);
                announcing += objects[i] is IAnnouncingObject ? 1 : 0;
            }

            SelectorDefaults = new byte[selectors];
            Announcing = new IAnnouncingObject[announcing];
            for (int i = objects.Length - 1; i >= 0; i--)
            {
                objects[i].WriteDefaults(SelectorDefaults);
                if (objects[i] is IAnnouncingObject)
                {
                    Announcing[--announcing] = (IAnnouncingObject)objects[i];
                }
            }
        }

        /// <summary>The objects that announce something of their own accord; not to be changed.</summary>
        public IAnnouncingObject[] Announcing { get; }

        /// <summary>Frames that were answered, or obeyed without an answer (SetI).</summary>
        public int Handled { get; private set; }

        /// <summary>Whether the last response is a notification for the multicast group (answer to INF_REQ).</summary>
        public bool IsForGroup { get; private set; }

        /// <summary>Why the last frame was dropped, or <see cref="DropReason.None"/>.</summary>
        public DropReason LastDrop { get; private set; }

        /// <summary>What a new terminal's <see cref="Terminal.Selectors"/> are.</summary>
        internal byte[] SelectorDefaults { get; }

        /// <summary>Frames dropped for a reason.</summary>
        public int Drops(DropReason reason)
        {
            return _drops[(int)reason];
        }

        /// <summary>Handles one frame.</summary>
        /// <param name="request">Holds the frame from index 0.</param>
        /// <param name="length">Its length in bytes.</param>
        /// <param name="terminal">Who sent it.</param>
        /// <param name="now">The monotonic clock in milliseconds.</param>
        /// <param name="response">Another buffer, of <see cref="BufferLength"/>.</param>
        /// <returns>The response's length, 14…1,232, or 0 for silence.</returns>
        public int Handle(byte[] request, int length, Terminal terminal, long now, byte[] response)
        {
            IsForGroup = false;
            DropReason reason = EchonetFrame.Check(request, length);
            if (reason != DropReason.None)
            {
                return Drop(reason);
            }

            byte esv = request[EchonetFrame.EsvOffset];
            reason = esv == Esv.InfC && terminal.IsAcknowledged ? DropReason.None : Refusal(esv);
            if (reason != DropReason.None)
            {
                return Drop(reason);
            }

            EchonetObject destination = Find(BigEndian.ReadU24(request, EchonetFrame.DeojOffset), now);
            if (destination == null)
            {
                return Drop(DropReason.NoSuchObject);
            }

            LastDrop = DropReason.None;
            Handled++;
            EchonetFrame.WriteHeader(response, request[EchonetFrame.TidOffset], request[EchonetFrame.TidOffset + 1],
                destination.Code, BigEndian.ReadU24(request, EchonetFrame.SeojOffset), 0);
            switch (esv)
            {
                case Esv.Get:
                    return Answer(response, Read(destination, request, terminal, response), Esv.GetRes, Esv.GetSna);
                case Esv.InfReq:
                    return AnswerInfReq(destination, request, terminal, response);
                case Esv.SetC:
                    return Answer(response, Write(destination, request, terminal, response), Esv.SetRes, Esv.SetCSna);
                case Esv.SetI:
                    int end = Answer(response, Write(destination, request, terminal, response), Esv.SetI, Esv.SetISna);
                    return response[EchonetFrame.EsvOffset] == Esv.SetISna ? end : 0;
                case Esv.InfC:
                    return Answer(response, Acknowledge(request, response), Esv.InfCRes, Esv.InfCRes);
                default:
                    return AnswerSetGet(destination, request, terminal, response);
            }
        }

        /// <summary>Builds a notification of the node's own accord, with transaction id 0001 to a controller and else with
        /// the next one.</summary>
        /// <param name="esv"><see cref="Esv.Inf"/> or <see cref="Esv.InfC"/>.</param>
        /// <param name="seoj">The object that announces.</param>
        /// <param name="deoj">The object that it is for: a controller, or the node profile where it is for everyone.
        /// </param>
        /// <param name="epcs">Properties of its announcement map.</param>
        /// <param name="now">The monotonic clock in milliseconds.</param>
        /// <param name="buffer">A buffer of <see cref="BufferLength"/>.</param>
        /// <returns>The frame's length, or 0 when the object is not present.</returns>
        /// <exception cref="ArgumentException">A property is not in the announcement map.</exception>
        public int Announce(byte esv, int seoj, int deoj, byte[] epcs, long now, byte[] buffer)
        {
            EchonetObject source = Find(seoj, now);
            if (source == null)
            {
                return 0;
            }

            int tid = ControllerTid;
            if (deoj != Eoj.Controller)
            {
                tid = _nextTid;
                _nextTid = (_nextTid + 1) & 0xFFFF;
            }

            EchonetFrame.WriteHeader(buffer, (byte)(tid >> 8), (byte)tid, seoj, deoj, esv);
            buffer[EchonetFrame.OpcOffset] = (byte)epcs.Length;
            int end = EchonetFrame.PropertiesOffset;
            for (int i = 0; i < epcs.Length; i++)
            {
                if (!source.IsAnnounced(epcs[i]))
                {
                    throw new ArgumentException();
                }

                // What is announced is the same for every terminal.
                int written = source.Read(epcs[i], null, buffer, end + EchonetFrame.PropertyHeader);
                buffer[end] = epcs[i];
                buffer[end + 1] = (byte)written;
                end += EchonetFrame.PropertyHeader + written;
            }

            return end;
        }

        private static DropReason Refusal(byte esv)
        {
            switch (esv)
            {
                case Esv.Get:
                case Esv.SetC:
                case Esv.SetI:
                case Esv.SetGet:
                case Esv.InfReq:
                    return DropReason.None;
                case Esv.Inf:
                case Esv.InfC:
                    return DropReason.Notification;
                case Esv.InfCRes:
                    return DropReason.Acknowledgment;
                default:
                    return DropReason.Response;
            }
        }

        // A part of a response is an end offset, negative (its complement) when a property in it failed.
        private static int Answer(byte[] response, int end, byte whole, byte sna)
        {
            response[EchonetFrame.EsvOffset] = end >= 0 ? whole : sna;
            return end >= 0 ? end : ~end;
        }

        private static int Read(EchonetObject source, byte[] request, Terminal terminal, byte[] response)
        {
            return ReadList(source, request, EchonetFrame.OpcOffset, terminal, response, EchonetFrame.OpcOffset, false);
        }

        private static int Write(EchonetObject target, byte[] request, Terminal terminal, byte[] response)
        {
            return WriteList(target, request, EchonetFrame.OpcOffset, terminal, response, EchonetFrame.OpcOffset, out _);
        }

        // Answers what can be answered; a property that cannot, or that would not leave room for the headers of those
        // after it, is answered with PDC = 0.
        private static int ReadList(EchonetObject source, byte[] request, int from, Terminal terminal, byte[] response,
            int to, bool announcedOnly)
        {
            int count = request[from];
            int input = from + 1;
            int end = to + 1;
            bool failed = false;
            response[to] = (byte)count;
            for (int left = count - 1; left >= 0; left--)
            {
                byte epc = request[input];
                input += EchonetFrame.PropertyHeader + request[input + 1];
                int value = end + EchonetFrame.PropertyHeader;
                int length = announcedOnly && !source.IsAnnounced(epc)
                    ? EchonetObject.NotServed
                    : source.Read(epc, terminal, response, value);
                if (length < 0 || value + length + (left * EchonetFrame.PropertyHeader) > EchonetFrame.MaxLength)
                {
                    failed = true;
                    length = 0;
                }

                response[end] = epc;
                response[end + 1] = (byte)length;
                end = value + length;
            }

            return failed ? ~end : end;
        }

        // An accepted property comes back with PDC = 0, a refused one with the value that was sent.
        private static int WriteList(EchonetObject target, byte[] request, int from, Terminal terminal, byte[] response,
            int to, out int inputEnd)
        {
            int count = request[from];
            int input = from + 1;
            int end = to + 1;
            bool failed = false;
            response[to] = (byte)count;
            for (int i = 0; i < count; i++)
            {
                byte epc = request[input];
                int length = request[input + 1];
                int value = input + EchonetFrame.PropertyHeader;
                response[end] = epc;
                if (target.Write(epc, terminal, request, value, length))
                {
                    response[end + 1] = 0;
                    end += EchonetFrame.PropertyHeader;
                }
                else
                {
                    failed = true;
                    response[end + 1] = (byte)length;
                    Array.Copy(request, value, response, end + EchonetFrame.PropertyHeader, length);
                    end += EchonetFrame.PropertyHeader + length;
                }

                input = value + length;
            }

            inputEnd = input;
            return failed ? ~end : end;
        }

        // Each property comes back without its value.
        private static int Acknowledge(byte[] request, byte[] response)
        {
            int count = request[EchonetFrame.OpcOffset];
            int input = EchonetFrame.PropertiesOffset;
            int end = EchonetFrame.PropertiesOffset;
            response[EchonetFrame.OpcOffset] = (byte)count;
            for (int i = 0; i < count; i++)
            {
                response[end] = request[input];
                response[end + 1] = 0;
                input += EchonetFrame.PropertyHeader + request[input + 1];
                end += EchonetFrame.PropertyHeader;
            }

            return end;
        }

        private static int AnswerSetGet(EchonetObject destination, byte[] request, Terminal terminal, byte[] response)
        {
            int written = WriteList(destination, request, EchonetFrame.OpcOffset, terminal, response,
                EchonetFrame.OpcOffset, out int second);
            int start = written >= 0 ? written : ~written;
            int read = ReadList(destination, request, second, terminal, response, start, false);
            int end = read >= 0 ? read : ~read;
            return Answer(response, written >= 0 && read >= 0 ? end : ~end, Esv.SetGetRes, Esv.SetGetSna);
        }

        // The answer to INF_REQ goes to everyone, its refusal to the one who asked.
        private int AnswerInfReq(EchonetObject source, byte[] request, Terminal terminal, byte[] response)
        {
            int end = ReadList(source, request, EchonetFrame.OpcOffset, terminal, response, EchonetFrame.OpcOffset, true);
            IsForGroup = end >= 0;
            return Answer(response, end, Esv.Inf, Esv.InfSna);
        }

        private int Drop(DropReason reason)
        {
            LastDrop = reason;
            _drops[(int)reason]++;
            return 0;
        }

        // A node has one object of a class, so instance 00 (all of the class) is that one.
        private EchonetObject Find(int eoj, long now)
        {
            for (int i = 0; i < _objects.Length; i++)
            {
                EchonetObject candidate = _objects[i];
                if (candidate.Code == eoj || (candidate.Code & ~Eoj.InstanceMask) == eoj)
                {
                    candidate.Refresh(now);
                    return candidate.IsPresent ? candidate : null;
                }
            }

            return null;
        }
    }
}
