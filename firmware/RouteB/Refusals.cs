using NanoComm.Audit;
using NanoComm.Echonet;
using NanoComm.Hal;

namespace NanoComm.RouteB
{
    /// <summary>What a path refused, counted by reason, and told in the log: at once, and then once a minute while it
    /// goes on.</summary>
    internal sealed class Refusals
    {
        private const long Interval = 60000;

        private readonly ILog _log;
        private readonly string _path;
        private readonly ISecurityLog _securityLog;
        private readonly int[] _counts = new int[(int)DropReason.OverLimit + 1];
        private readonly int[] _told = new int[(int)DropReason.OverLimit + 1];
        private readonly DatagramPeer _first = new DatagramPeer();
        private int _toldSelectors;
        private bool _isUntold;
        private long _nextLine;

        /// <summary>Makes an empty account.</summary>
        /// <param name="log">Is told.</param>
        /// <param name="path">What the path is called there, one word.</param>
        /// <param name="securityLog">Is told of those who are not admitted, as often; or null.</param>
        public Refusals(ILog log, string path, ISecurityLog securityLog)
        {
            _securityLog = securityLog;
            _log = log;
            _path = path;
        }

        /// <summary>Set requests whose selectors were refused, for their sender had no place.</summary>
        public int Selectors { get; private set; }

        /// <summary>When there is something to be told.</summary>
        public long NextDeadline
        {
            get { return _isUntold ? _nextLine : Deadline.Never; }
        }

        /// <summary>Datagrams refused for a reason.</summary>
        public int Of(DropReason reason)
        {
            return _counts[(int)reason];
        }

        /// <summary>Counts a datagram.</summary>
        public void Add(DropReason reason, DatagramPeer peer)
        {
            _counts[(int)reason]++;
            Note(peer);
        }

        /// <summary>Counts a request whose selectors were refused.</summary>
        public void AddSelector(DatagramPeer peer)
        {
            Selectors++;
            Note(peer);
        }

        /// <summary>Tells what is due.</summary>
        public void Tell(long now)
        {
            if (!_isUntold || now < _nextLine)
            {
                return;
            }

            _nextLine = now + Interval;
            _isUntold = false;
            _log.Write(LogLevel.Warning, _path, Describe());
            if (_securityLog != null && _counts[(int)DropReason.NotAdmitted] != _told[(int)DropReason.NotAdmitted])
            {
                _securityLog.Add(SecurityEvent.TerminalCutOff);
            }

            for (int i = 0; i < _counts.Length; i++)
            {
                _told[i] = _counts[i];
            }

            _toldSelectors = Selectors;
        }

        private void Note(DatagramPeer peer)
        {
            if (!_isUntold)
            {
                _isUntold = true;
                _first.CopyFrom(peer);
            }
        }

        private string Describe()
        {
            return "refused, first to " + PeerText.Of(_first) + ":"
                + Part(DropReason.OverRate, " over the rate of their sender, not answered;")
                + Part(DropReason.NoPlace, " over the rate of all senders without a place, not answered;")
                + Part(DropReason.Withheld, " for more than goes to senders who do not answer a Get of D6, not answered;")
                + Part(DropReason.NotAdmitted, " of terminals that the utility has cut off or does not admit, not answered;")
                + Part(DropReason.OverLimit, " of more terminals than the utility allows, not answered;")
                + Part(Selectors - _toldSelectors, " to set a selector, for their sender has no place (SNA);");
        }

        private string Part(DropReason reason, string what)
        {
            return Part(_counts[(int)reason] - _told[(int)reason], what);
        }

        private static string Part(int count, string what)
        {
            return count == 0 ? "" : " " + count.ToString() + what;
        }
    }
}
