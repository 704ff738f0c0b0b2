using NanoComm.Dlms;
using NanoComm.MeterLink;

namespace NanoComm.Tests
{
    /// <summary>Keys that stay until the test changes them; it notes what it was told of them.</summary>
    public sealed class FixedKeys : IKeySource
    {
        /// <summary>How associations ended, one digit each.</summary>
        public string Reports { get; private set; } = "";

        /// <inheritdoc/>
        public SecurityContext Active { get; set; }

        /// <inheritdoc/>
        public void Report(MeteringResult result)
        {
            Reports += ((int)result).ToString();
        }
    }
}
