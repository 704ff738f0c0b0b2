using System.Globalization;
using System.Text.Json.Nodes;
using NanoComm.Simulators.WiSun;

namespace NanoComm.Tool
{
    /// <summary>What one module has done since it was made.</summary>
    /// <param name="Role">"module" or "dongle".</param>
    /// <param name="Port">Under what it is offered.</param>
    /// <param name="Peer">Whom it is in session with; null for nobody.</param>
    /// <param name="Sessions">Sessions that began.</param>
    /// <param name="DatagramsIn">Datagrams given to its host.</param>
    /// <param name="DatagramsOut">Datagrams of its host that went into the air.</param>
    /// <param name="Commands">Command lines of its host.</param>
    /// <param name="TransmitMilliseconds">Milliseconds sent.</param>
    /// <param name="BytesUnread">Bytes for its host that are lost, as nobody read them.</param>
    internal sealed record AirPortCounts(string Role, string Port, string Peer, long Sessions, long DatagramsIn, long DatagramsOut, long Commands,
        long TransmitMilliseconds, long BytesUnread)
    {
        /// <summary>Takes them of a module.</summary>
        public static AirPortCounts Of(AirPort port)
        {
            ModuleStatistics done = port.Module.Statistics;
            return new AirPortCounts(port.Role, port.Path, port.Module.SessionPeer?.ToString(), done.Sessions, done.DatagramsReceived, done.DatagramsSent,
                done.Commands, done.TransmitMilliseconds, port.Line?.Overrun ?? 0);
        }

        /// <summary>The same for programs.</summary>
        public JsonObject ToJson()
        {
            return new JsonObject
            {
                ["role"] = Role,
                ["port"] = Port,
                ["peer"] = Peer,
                ["sessions"] = Sessions,
                ["datagramsIn"] = DatagramsIn,
                ["datagramsOut"] = DatagramsOut,
                ["commands"] = Commands,
                ["transmitMilliseconds"] = TransmitMilliseconds,
                ["bytesUnread"] = BytesUnread,
            };
        }

        /// <inheritdoc/>
        public override string ToString()
        {
            return string.Create(CultureInfo.InvariantCulture, $"{Role} {Port}: sessions {Sessions:N0}, datagrams in {DatagramsIn:N0}, out {DatagramsOut:N0}")
                + (BytesUnread == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $", bytes that nobody read {BytesUnread:N0}"));
        }
    }
}
