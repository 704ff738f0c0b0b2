using System.Net;
using NanoComm.RouteB;
using NanoComm.WiSun;
using NanoComm.Virtual.Events;

namespace NanoComm.Virtual
{
    /// <summary>What the views show of the Wi-SUN path.</summary>
    internal sealed class WiSunStatus
    {
        private const double HundredthsPerDbm = 100;
        private const double Limit = LinkQuality.Limit / HundredthsPerDbm;
        private const double MillisecondsPerSecond = 1000;

        private readonly WiSunPath _path;
        private string _shown;

        /// <summary>Makes it.</summary>
        /// <param name="options">What the user asked for.</param>
        /// <param name="module">Where the module is.</param>
        /// <param name="credentials">What the unit runs with.</param>
        /// <param name="path">The path, or null without one.</param>
        public WiSunStatus(Options options, string module, UnitCredentials credentials, WiSunPath path)
        {
            Module = module;
            Dongle = options.HemsDongle;
            Credentials = credentials;
            _path = path;
        }

        /// <summary>Where the unit's module is.</summary>
        public string Module { get; }

        /// <summary>Where the HEMS dongle is offered, or null.</summary>
        public string Dongle { get; }

        public UnitCredentials Credentials { get; }

        /// <summary>Module, dongle, credentials: what does not change.</summary>
        public string Where => _path is null ? "no Wi-SUN module"
            : $"module {Module}{(Dongle is null ? "" : $", HEMS dongle {Dongle}")}; {Credentials.Text}";

        /// <summary>State, channel, PAN, link quality, and how much has passed.</summary>
        public string State => _path is null ? "none"
            : $"{Driver.Describe()}{Margin}{Terminal}, {Driver.Port.DatagramsIn:N0} datagrams in, {Driver.Port.DatagramsOut:N0} out, "
            + $"{Driver.TransmitMilliseconds / MillisecondsPerSecond:N1} s of {TransmitAccount.Limit / MillisecondsPerSecond:N0} sent this hour";

        private Coordinator Driver => _path.Coordinator;

        // Against the planning limit (requirement R33).
        private string Margin => !Driver.Port.LinkQuality.IsKnown ? ""
            : $" ({System.Math.Abs(Decibels):N0} dB {(Decibels >= 0 ? "above" : "below")} {Limit:N0})";

        private double Decibels => (Driver.Port.LinkQuality.Hundredths / HundredthsPerDbm) - Limit;

        private string Terminal => Driver.Port.IsJoined ? ", terminal " + new IPAddress(Driver.Port.Terminal) : "";

        /// <summary>Whether state, channel, PAN or terminal is another one than at the last call.</summary>
        public bool HasChanged()
        {
            string now = _path is null ? null : $"{Driver.State} {Driver.Channel} {Driver.PanId} {Terminal} {Driver.Port.Joins}";
            bool hasChanged = now != _shown;
            _shown = now;
            return hasChanged;
        }

        /// <summary>The same for programs; null without a path.</summary>
        public WiSunData ToData()
        {
            return _path is null ? null : new WiSunData
            {
                State = Driver.State.ToString(),
                Channel = Driver.Channel == 0 ? null : Driver.Channel.ToString("X2"),
                Pan = Driver.Channel == 0 ? null : Driver.PanId.ToString("X4"),
                Terminal = Driver.Port.IsJoined ? new IPAddress(Driver.Port.Terminal).ToString() : null,
                Dbm = Driver.Port.LinkQuality.IsKnown ? Driver.Port.LinkQuality.Hundredths / HundredthsPerDbm : (double?)null,
                DbmLimit = Limit,
                Joins = Driver.Port.Joins,
                RefusedJoins = Driver.Port.RefusedJoins,
                DatagramsIn = Driver.Port.DatagramsIn,
                DatagramsOut = Driver.Port.DatagramsOut,
                Lost = Driver.Port.Lost,
                Ignored = Driver.Port.Ignored,
                SendFailures = Driver.Port.SendFailures,
                GivenUp = Driver.Port.GivenUp,
                TransmitMilliseconds = Driver.TransmitMilliseconds,
                ModuleRestarts = Driver.ModuleRestarts,
                UnknownLines = Driver.UnknownLines,
                Unused = Driver.Unused,
                WriteFailures = Driver.WriteFailures,
            };
        }
    }
}
