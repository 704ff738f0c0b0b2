using NanoComm.MeterLink;
using NanoComm.Pairing;

namespace NanoComm.Supervision
{
    /// <summary>What the light is to tell of pairing and metering.</summary>
    public sealed class UnitLightSource : ILightSource
    {
        private readonly PairingKeeper _pairing;
        private readonly MeteringLoop _metering;

        /// <summary>Makes it.</summary>
        /// <param name="pairing">The keeper of the pairing, or null where something else stands for the metering
        /// unit, which needs none.</param>
        /// <param name="metering">The metering loop, or null without one.</param>
        public UnitLightSource(PairingKeeper pairing, MeteringLoop metering)
        {
            _pairing = pairing;
            _metering = metering;
        }

        /// <inheritdoc/>
        public LightPattern Pattern
        {
            get
            {
                MeteringState metering = _metering == null ? MeteringState.Absent : _metering.State;
                return _pairing == null
                    ? Of(PairingState.Paired, PairingDetail.None, metering)
                    : Of(_pairing.State, _pairing.Detail, metering);
            }
        }

        /// <summary>The pattern for a state of the unit.</summary>
        /// <param name="pairing">The pairing.</param>
        /// <param name="detail">Why it is so.</param>
        /// <param name="metering">The metering loop.</param>
        public static LightPattern Of(PairingState pairing, PairingDetail detail, MeteringState metering)
        {
            switch (pairing)
            {
                case PairingState.TicketLoaded:
                    return LightPattern.TicketLoaded;
                case PairingState.Pairing:
                    return LightPattern.Pairing;
                case PairingState.Paired:
                    return metering == MeteringState.Reading ? LightPattern.Reading
                        : metering == MeteringState.ReadingWithGaps ? LightPattern.ReadingWithGaps
                        : LightPattern.NoReading;
                case PairingState.Refused:
                    // Nobody has refused anything: it is the line that the technician is to look at, not the ticket.
                    return detail == PairingDetail.NoAnswer ? LightPattern.NoReading : LightPattern.Refused;
                case PairingState.Retired:
                    return LightPattern.Retired;
                default:
                    return LightPattern.Unpaired;
            }
        }
    }
}
