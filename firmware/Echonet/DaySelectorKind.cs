namespace NanoComm.Echonet
{
    /// <summary>Chooses the day of <see cref="DayHistoryKind"/>: u8 days back, FF before any was chosen. With: how far
    /// back at most.</summary>
    internal sealed class DaySelectorKind : PropertyKind
    {
        /// <summary>No day chosen.</summary>
        public const byte NoDay = 0xFF;

        /// <inheritdoc/>
        public override int SelectorLength
        {
            get { return 1; }
        }

        /// <inheritdoc/>
        public override int Read(EchonetObject owner, int row, Terminal terminal, byte[] buffer, int offset)
        {
            buffer[offset] = terminal.Selectors[owner.PlaceOf(row)];
            return 1;
        }

        /// <inheritdoc/>
        public override bool Write(EchonetObject owner, int row, Terminal terminal, byte[] buffer, int offset,
            int length)
        {
            if (length != 1 || (buffer[offset] > owner.WithOf(row) && buffer[offset] != NoDay))
            {
                return false;
            }

            terminal.Selectors[owner.PlaceOf(row)] = buffer[offset];
            return true;
        }

        /// <inheritdoc/>
        public override void WriteDefault(byte[] selectors, int offset)
        {
            selectors[offset] = NoDay;
        }
    }
}
