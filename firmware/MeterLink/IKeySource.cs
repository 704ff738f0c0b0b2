using NanoComm.Dlms;

namespace NanoComm.MeterLink
{
    /// <summary>Where the metering unit's side of the firmware has its keys from.</summary>
    public interface IKeySource
    {
        /// <summary>Titles, keys and counter to associate with, or null while there is no pairing. Ask each time: it
        /// changes at run time.</summary>
        SecurityContext Active { get; }

        /// <summary>Takes how an association with these keys ended, and that an answer in one was not
        /// authentic.</summary>
        /// <param name="result">Any but <see cref="MeteringResult.Unpaired"/>.</param>
        void Report(MeteringResult result);
    }
}
