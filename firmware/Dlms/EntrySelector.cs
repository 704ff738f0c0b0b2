namespace NanoComm.Dlms
{
    /// <summary>Picks rows and columns of a profile buffer by number (IEC 62056-6-2, profile generic, selector 2).
    /// Made once, set for each request.</summary>
    public sealed class EntrySelector : IAccessSelector
    {
        private const byte Selector = 2;
        private const byte Elements = 4;

        /// <summary>First row, from 1.</summary>
        public uint FromEntry = 1;

        /// <summary>Last row; 0 for the last there is.</summary>
        public uint ToEntry = 1;

        /// <summary>First column, from 1.</summary>
        public int FromColumn = 1;

        /// <summary>Last column; 0 for the last there is.</summary>
        public int ToColumn;

        /// <inheritdoc/>
        public void Write(ApduWriter writer)
        {
            writer.WriteU8(Selector);
            writer.WriteU8(CosemType.Structure);
            writer.WriteU8(Elements);
            writer.WriteU8(CosemType.DoubleLongUnsigned);
            writer.WriteU32(FromEntry);
            writer.WriteU8(CosemType.DoubleLongUnsigned);
            writer.WriteU32(ToEntry);
            writer.WriteU8(CosemType.LongUnsigned);
            writer.WriteU16(FromColumn);
            writer.WriteU8(CosemType.LongUnsigned);
            writer.WriteU16(ToColumn);
        }
    }
}
