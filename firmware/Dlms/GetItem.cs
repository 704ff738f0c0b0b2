namespace NanoComm.Dlms
{
    /// <summary>One attribute to read, and what came of it. Made once, read again and again.</summary>
    public sealed class GetItem
    {
        /// <summary>Makes an item.</summary>
        /// <param name="attribute">The attribute.</param>
        /// <param name="selector">Picks a part of it; null for all.</param>
        public GetItem(CosemDescriptor attribute, IAccessSelector selector = null)
        {
            Attribute = attribute;
            Selector = selector;
        }

        /// <summary>The attribute.</summary>
        public CosemDescriptor Attribute { get; }

        /// <summary>Picks a part of it; null for all.</summary>
        public IAccessSelector Selector { get; }

        /// <summary>Whether it was read.</summary>
        public DataAccessResult Result { get; private set; } = DataAccessResult.OtherReason;

        /// <summary>Holds the value, of type Data, until the client's next call; null when it was not read.</summary>
        public byte[] Buffer { get; private set; }

        /// <summary>Offset of the value.</summary>
        public int Offset { get; private set; }

        /// <summary>Length of the value in bytes.</summary>
        public int Length { get; private set; }

        /// <summary>Takes a value.</summary>
        /// <param name="buffer">Holds it.</param>
        /// <param name="offset">Its first byte.</param>
        /// <param name="length">Its length in bytes.</param>
        public void Put(byte[] buffer, int offset, int length)
        {
            Result = DataAccessResult.Success;
            Buffer = buffer;
            Offset = offset;
            Length = length;
        }

        /// <summary>Takes a refusal.</summary>
        /// <param name="result">Why.</param>
        public void Refuse(DataAccessResult result)
        {
            Result = result;
            Buffer = null;
            Offset = 0;
            Length = 0;
        }

        /// <summary>Writes attribute and selection.</summary>
        /// <param name="writer">Takes them.</param>
        public void Write(ApduWriter writer)
        {
            Attribute.Write(writer);
            writer.WriteU8(Selector == null ? 0 : 1);
            if (Selector != null)
            {
                Selector.Write(writer);
            }
        }
    }
}
