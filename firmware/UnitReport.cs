using NanoComm.Bytes;
using NanoComm.Echonet;
using NanoComm.Hal;
using NanoComm.Orders;
using NanoComm.RouteB;
using NanoComm.WiSun;

namespace NanoComm
{
    /// <summary>What the utility is told of the customer side when it orders a report (docs/orders.md): states and numbers,
    /// no address and nothing secret. The metering loop asks for it, and reads what other loops write, number by
    /// number.</summary>
    internal sealed class UnitReport : IRouteBReport
    {
        private const byte None = 0xFF;
        private const byte Closed = 0;
        private const byte Open = 1;
        private const byte InSession = 2;
        private const byte NotReady = 3;
        private const int WifiAt = 1;
        private const int WiSunSignalAt = 2;
        private const int WifiSignalAt = 3;
        private const int TerminalsAt = 4;
        private const int CutOffAt = 5;
        private const int AdmittedAt = 6;
        private const int AnswersAt = 7;
        private const int DroppedAt = AnswersAt + 4;
        private const int LogAt = DroppedAt + 8;
        private const int DigestAt = LogAt + 2;
        private const int DigestLength = 32;

        private readonly CommunicationUnit _unit;
        private readonly IBoard _board;

        /// <summary>Makes it.</summary>
        /// <param name="unit">The unit, as far as it is put together when a report is asked for.</param>
        /// <param name="board">Its board.</param>
        public UnitReport(CommunicationUnit unit, IBoard board)
        {
            _unit = unit;
            _board = board;
        }

        /// <inheritdoc/>
        public int Length => DigestAt + DigestLength;

        /// <inheritdoc/>
        public void Write(byte[] body, int offset, IMac proof)
        {
            IWifiRadio wifi = _board.Wifi;
            EchonetPath ip = _unit.IpPath;
            EchonetPath wiSun = _unit.WiSunPath == null ? null : _unit.WiSunPath.Path;
            body[offset] = StateOf(_unit.WiSunPath);
            body[offset + WifiAt] = wifi == null ? None : (byte)wifi.State;
            body[offset + WiSunSignalAt] = (byte)SignalOf(_unit.WiSunPath);
            body[offset + WifiSignalAt] = (byte)(wifi == null ? 0 : wifi.SignalDbm);
            body[offset + TerminalsAt] = (byte)(ip == null ? 0 : ip.Terminals.Count);
            body[offset + CutOffAt] = (byte)_unit.Policy.CountListed(false);
            body[offset + AdmittedAt] = (byte)_unit.Policy.CountListed(true);
            BigEndian.WriteU32(body, offset + AnswersAt, (uint)(AnswersOf(ip) + AnswersOf(wiSun)));
            BigEndian.WriteU32(body, offset + DroppedAt, (uint)(DropsOf(ip) + DropsOf(wiSun) + NodeDrops()));
            BigEndian.WriteU16(body, offset + LogAt, _unit.Security.Digest(proof, body, offset + DigestAt));
        }

        private byte StateOf(WiSunPath path)
        {
            if (path == null || !_unit.Policy.IsRouteBOpen)
            {
                return path == null ? None : Closed;
            }

            CoordinatorState state = path.Coordinator.State;
            return path.Coordinator.Port.IsJoined ? InSession
                : state == CoordinatorState.Ready || state == CoordinatorState.Limited ? Open : NotReady;
        }

        private static int SignalOf(WiSunPath path)
        {
            LinkQuality quality = path == null ? null : path.Coordinator.Port.LinkQuality;
            return quality != null && quality.IsKnown ? quality.Hundredths / 100 : 0;
        }

        private static int AnswersOf(EchonetPath path)
        {
            return path == null ? 0 : path.Answers;
        }

        private static int DropsOf(EchonetPath path)
        {
            int drops = 0;
            for (int reason = 1; path != null && reason <= (int)DropReason.Withheld; reason++)
            {
                drops += path.Drops((DropReason)reason);
            }

            return drops;
        }

        private int NodeDrops()
        {
            int drops = 0;
            for (int reason = 1; reason <= (int)DropReason.Withheld; reason++)
            {
                drops += _unit.Node.Drops((DropReason)reason);
            }

            return drops;
        }
    }
}
