using NanoComm.Metering;

namespace NanoComm.Echonet
{
    /// <summary>YYYY(2) MM DD of the metering clock, 0001-01-01 while it is not known.</summary>
    internal sealed class DateKind : PropertyKind
    {
        private const int Length = 4;

        /// <inheritdoc/>
        public override int Read(EchonetObject owner, int row, Terminal terminal, byte[] buffer, int offset)
        {
            MeterTime.Write(owner.Values.Time, buffer, offset, Length);
            return Length;
        }
    }
}
