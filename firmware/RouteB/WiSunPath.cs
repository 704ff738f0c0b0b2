using NanoComm.Audit;
using NanoComm.Echonet;
using NanoComm.Hal;
using NanoComm.Policy;
using NanoComm.Power;
using NanoComm.WiSun;

namespace NanoComm.RouteB
{
    /// <summary>The Wi-SUN path of the B route: the module's driver, and the node behind its one session. A reaction
    /// on the module's line.</summary>
    public sealed class WiSunPath : IReaction, IWiSunObserver
    {
        private readonly ISecurityLog _securityLog;

        /// <summary>Makes the path.</summary>
        /// <param name="board">With a Wi-SUN line.</param>
        /// <param name="sessionLifetime">How long a session lasts unless it is renewed, in seconds.</param>
        /// <param name="policy">What the utility has decided; subscribed to by whoever starts the path's loop.</param>
        /// <param name="node">The unit's node.</param>
        /// <param name="rules">How much it takes.</param>
        /// <param name="power">Of the module.</param>
        /// <param name="observer">Watches what passes, or null.</param>
        /// <param name="securityLog">Takes joins, refusals and so on; or null.</param>
        public WiSunPath(IBoard board, int sessionLifetime, RouteBPolicy policy, EchonetNode node, PathRules rules,
            PowerGrant power, IExchangeObserver observer, ISecurityLog securityLog)
        {
            _securityLog = securityLog;
            Coordinator = new Coordinator(board, sessionLifetime, policy, power, this);
            Path = new EchonetPath(board, new IDatagramPort[] { Coordinator.Port }, rules, policy, node, observer,
                securityLog);
        }

        /// <summary>The module's driver.</summary>
        public Coordinator Coordinator { get; }

        /// <summary>Answers and announcements.</summary>
        public EchonetPath Path { get; }

        /// <summary>Has the module's line wake a loop. Call once, before the loop starts.</summary>
        public void Notify(ISignal wake)
        {
            Path.Notify(wake);
            Coordinator.Power.Notify(wake);
        }

        /// <inheritdoc/>
        public long Step(long now)
        {
            // What was heard is answered before the module gets what is to be done next.
            Coordinator.Hear(now);
            long path = Path.Step(now);
            long coordinator = Coordinator.Work(now);
            return path < coordinator ? path : coordinator;
        }

        /// <inheritdoc/>
        public void On(WiSunEvent e)
        {
            if (_securityLog == null)
            {
                return;
            }

            switch (e)
            {
                case WiSunEvent.Joined:
                    _securityLog.Add(SecurityEvent.TerminalJoined);
                    break;
                case WiSunEvent.Left:
                    _securityLog.Add(SecurityEvent.TerminalLeft);
                    break;
                case WiSunEvent.JoinRefused:
                    _securityLog.Add(SecurityEvent.JoinRefused);
                    break;
                case WiSunEvent.JoinedCutOff:
                    _securityLog.Add(SecurityEvent.TerminalCutOff);
                    break;
                case WiSunEvent.DatagramOutsideSession:
                    _securityLog.Add(SecurityEvent.DatagramOutsideSession);
                    break;
                case WiSunEvent.ModuleRestarted:
                    _securityLog.Add(SecurityEvent.ModuleRestarted);
                    break;
                case WiSunEvent.TransmitLimit:
                    _securityLog.Add(SecurityEvent.TransmitLimit);
                    break;
            }
        }
    }
}
