using NanoComm.MeterLink;
using NanoComm.Pairing;

namespace NanoComm.Supervision
{
    /// <summary>What the light is to tell of pairing, metering and the loops.</summary>
    public sealed class UnitLightSource : ILightSource
    {
        private readonly PairingKeeper _pairing;
        private readonly MeteringLoop _metering;
        private readonly LoopWatch _watch;

        /// <summary>Makes it.</summary>
        /// <param name="pairing">The keeper of the pairing, or null where something else stands for the metering
        /// unit, which needs none.</param>
        /// <param name="metering">The metering loop, or null without one.</param>
        /// <param name="watch">The watch over the loops.</param>
        public UnitLightSource(PairingKeeper pairing, MeteringLoop metering, LoopWatch watch)
        {
            _pairing = pairing;
            _metering = metering;
            _watch = watch;
        }

        /// <inheritdoc/>
        public LightPattern Pattern
        {
            get
            {
                MeteringState metering = _metering == null ? MeteringState.Absent : _metering.State;
                LightPattern pattern = _pairing == null
                    ? Of(PairingState.Paired, PairingDetail.None, metering)
                    : Of(_pairing.State, _pairing.Detail, metering);

                // What is to be done at the meter comes first.
                bool isDone = pattern == LightPattern.Reading || pattern == LightPattern.ReadingWithGaps;
                return isDone && _watch.IsTelling ? LightPattern.LoopHung : pattern;
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
