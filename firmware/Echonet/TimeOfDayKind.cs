using NanoComm.Metering;

namespace NanoComm.Echonet
{
    /// <summary>hh mm of the metering clock, 00 00 while it is not known.</summary>
    internal sealed class TimeOfDayKind : PropertyKind
    {
        /// <inheritdoc/>
        public override int Read(EchonetObject owner, int row, Terminal terminal, byte[] buffer, int offset)
        {
            long time = owner.Values.Time;
            int seconds = time == MeterTime.Unknown ? 0 : (int)(time - MeterTime.Floor(time, MeterTime.Day));
            buffer[offset] = (byte)(seconds / 3600);
            buffer[offset + 1] = (byte)(seconds / 60 % 60);
            return 2;
        }
    }
}
