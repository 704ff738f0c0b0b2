using NanoComm.Echonet;
using NanoComm.Hal;

namespace NanoComm.RouteB
{
    /// <summary>
    /// How a path comes to know the hosts behind its datagrams. Who answers a Get of D6 with our transaction id, be it by
    /// a refusal, is there
    /// where it says it is (a source proven). Asked is who has no place, who asks for more than goes out to whoever it
    /// may be, who is about to lose its place, and who has had it for a minute: a program that asks a little, and does not
    /// expect to be asked, is left alone. Who announces a controller to everyone
    /// is told of this node by unicast; who did so by unicast is not, for that may be an answer to ours. Where a platform
    /// does not tell the two apart, the answer to ours comes within the minute in which its sender is told nothing more.
    /// </summary>
    internal sealed class Acquaintance
    {
        /// <summary>Bytes of a question.</summary>
        public const int QuestionLength = EchonetFrame.PropertiesOffset + EchonetFrame.PropertyHeader;

        private const long Minute = 60000;

        // D5 of a node with a few objects: the announcement that asks for it is as long.
        private const int GreetingLength = 32;

        private readonly HostHash _hash;
        private readonly Admission _admission;
        private readonly Proofs _proofs;
        private readonly Greetings _greetings;

        /// <summary>Makes it.</summary>
        /// <param name="rules">The path's.</param>
        /// <param name="hash">Numbers of hosts.</param>
        /// <param name="admission">Gives a place to who has proven itself.</param>
        /// <param name="random">Chooses transaction ids.</param>
        public Acquaintance(PathRules rules, HostHash hash, Admission admission, IRandomSource random)
        {
            _hash = hash;
            _admission = admission;
            _proofs = rules.AreProven ? null : new Proofs(rules.ProofBits, random);
            _greetings = rules.GreetingsPerSecond == 0 ? null : new Greetings(rules.GreetingsPerSecond);
        }

        /// <summary>When somebody is to be told of this node.</summary>
        public long NextDeadline
        {
            get { return _greetings == null ? Deadline.Never : _greetings.NextDeadline; }
        }

        /// <summary>Whether a datagram may be the answer to a question: to be looked at before its sender's budget.</summary>
        public static bool MayBeProof(byte[] frame, int length)
        {
            return length > EchonetFrame.OpcOffset
                && (frame[EchonetFrame.EsvOffset] == Esv.GetRes || frame[EchonetFrame.EsvOffset] == Esv.GetSna);
        }

        /// <summary>Takes the answer to a question.</summary>
        /// <param name="frame">A Get_Res, or a Get_SNA: who refuses has heard the transaction id just as well.</param>
        /// <param name="peer">Its sender.</param>
        /// <param name="now">The monotonic clock in milliseconds.</param>
        /// <param name="question">Filled with the next question.</param>
        /// <param name="questionLength">Its length in bytes, 0 when there is none.</param>
        /// <returns>False when it answers no question of ours.</returns>
        public bool TakeProof(byte[] frame, DatagramPeer peer, long now, byte[] question, out int questionLength)
        {
            questionLength = 0;
            if (_proofs == null)
            {
                return false;
            }

            int host = _hash.Of(peer);
            int tid = (frame[EchonetFrame.TidOffset] << 8) | frame[EchonetFrame.TidOffset + 1];
            switch (_proofs.Take(host, tid, now))
            {
                case ProofOutcome.Next:
                    questionLength = Ask(_proofs.Next(host, now), question);
                    return true;
                case ProofOutcome.Proven:
                    _admission.Terminals.Prove(peer, now);
                    return true;
                default:
                    return false;
            }
        }

        /// <summary>Length of the question to the sender of a request, 0 when it is not to be asked.</summary>
        /// <param name="terminal">The sender.</param>
        /// <param name="isMuch">Whether it asks for more than goes out to whoever it may be.</param>
        /// <param name="now">The monotonic clock in milliseconds.</param>
        public int QuestionTo(PathTerminal terminal, bool isMuch, long now)
        {
            if (terminal.IsProven)
            {
                return 0;
            }

            long asked = terminal.AskedAt;
            bool isDue = !_admission.Terminals.HasPlace(terminal)
                || (asked == PathTerminal.Never ? isMuch || now - terminal.Since >= Minute : now - asked >= Minute);
            return isDue ? QuestionLength : 0;
        }

        /// <summary>Begins to ask a host for D6.</summary>
        /// <param name="terminal">The host's terminal.</param>
        /// <param name="peer">The host.</param>
        /// <param name="now">The monotonic clock in milliseconds.</param>
        /// <param name="question">Filled.</param>
        /// <returns>Its length in bytes, 0 when it cannot be asked now.</returns>
        public int Begin(PathTerminal terminal, DatagramPeer peer, long now, byte[] question)
        {
            int tid = _proofs.Begin(_hash.Of(peer), now);
            if (tid == Proofs.NoTid)
            {
                return 0;
            }

            terminal.AskedAt = now;
            return Ask(tid, question);
        }

        /// <summary>Hears another node's notification.</summary>
        /// <param name="frame">Well formed.</param>
        /// <param name="length">Its length in bytes.</param>
        /// <param name="peer">Its sender.</param>
        /// <param name="port">Number of the port that it came by.</param>
        /// <param name="now">The monotonic clock in milliseconds.</param>
        public void Hear(byte[] frame, int length, DatagramPeer peer, int port, long now)
        {
            if (_greetings != null && peer.Cast != DatagramCast.Unicast && InstanceListFrame.NamesController(frame)
                && _greetings.Add(peer, _hash.Of(peer), port, peer.Cast == DatagramCast.Multicast, now))
            {
                _admission.Unproven.Spends(length, GreetingLength);
            }
        }

        /// <summary>The next node that is to be told of this one.</summary>
        /// <param name="now">The monotonic clock in milliseconds.</param>
        /// <param name="peer">Filled with its address.</param>
        /// <returns>Number of the port to tell it by; -1 when there is none now.</returns>
        public int NextToGreet(long now, DatagramPeer peer)
        {
            return _greetings == null ? -1 : _greetings.Take(now, peer);
        }

        private static int Ask(int tid, byte[] question)
        {
            EchonetFrame.WriteHeader(question, (byte)(tid >> 8), (byte)tid, Eoj.NodeProfile, Eoj.NodeProfile, Esv.Get);
            question[EchonetFrame.OpcOffset] = 1;
            question[EchonetFrame.PropertiesOffset] = Epc.SelfNodeInstanceListS;
            question[EchonetFrame.PropertiesOffset + 1] = 0;
            return QuestionLength;
        }
    }
}
