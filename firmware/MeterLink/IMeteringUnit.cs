using NanoComm.Metering;

namespace NanoComm.MeterLink
{
    /// <summary>
    /// The metering unit as the communication unit sees it, whatever stands behind it: the DLMS/COSEM link or a
    /// simulation. Calls block, and belong to the metering loop alone.
    /// </summary>
    public interface IMeteringUnit
    {
        /// <summary>Whether something that should be read is not, at the moment.</summary>
        bool HasGaps { get; }

        /// <summary>Reads what does not change: serial number, unit of energy, number of digits.</summary>
        /// <param name="parameters">Filled when the answer is <see cref="MeteringResult.Ok"/>.</param>
        MeteringResult ReadParameters(MeterParameters parameters);

        /// <summary>Reads clock, registers, power, currents and the newest row of the one-minute profile.</summary>
        /// <param name="reading">Filled when the answer is <see cref="MeteringResult.Ok"/>.</param>
        MeteringResult ReadNow(MeterReading reading);

        /// <summary>Reads registers, power and currents, which change from second to second, and nothing else: quickly,
        /// or not at all.</summary>
        /// <param name="reading">Filled when the answer is <see cref="MeteringResult.Ok"/>; its clock and minute stay
        /// as they are.</param>
        MeteringResult ReadLive(MeterReading reading);

        /// <summary>Reads rows of the one-minute profile (load profile 2, 1-0:99.2.0).</summary>
        /// <param name="from">First row, a multiple of 60 s.</param>
        /// <param name="to">Last row, a multiple of 60 s, not before <paramref name="from"/>.</param>
        /// <param name="sink">Takes the rows that the metering unit has, in any order; some twice when the link
        /// was lost on the way.</param>
        /// <returns><see cref="MeteringResult.Ok"/> also when some or all rows are missing there.</returns>
        MeteringResult ReadMinutes(long from, long to, IProfileSink sink);

        /// <summary>Reads rows of the half-hour profile (load profile 1, 1-0:99.1.0).</summary>
        /// <param name="from">First row, a multiple of 1800 s.</param>
        /// <param name="to">Last row, a multiple of 1800 s, not before <paramref name="from"/>.</param>
        /// <param name="sink">Takes the rows that the metering unit has, in any order; some twice when the link
        /// was lost on the way.</param>
        /// <returns><see cref="MeteringResult.Ok"/> also when some or all rows are missing there.</returns>
        MeteringResult ReadHalfHours(long from, long to, IProfileSink sink);

        /// <summary>Reads the next rows of a request.</summary>
        /// <param name="request">The request; passes on the rows.</param>
        MeteringResult ReadRequest(ProfileRequest request);
    }
}
