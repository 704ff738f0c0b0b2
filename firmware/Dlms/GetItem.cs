namespace NanoComm.Dlms
{
    /// <summary>One attribute to read, and what came of it. Made once, read again and again.</summary>
    public sealed class GetItem
    {
        private readonly CosemDescriptor _attribute;
        private readonly IAccessSelector _selector;
        private DataAccessResult _result = DataAccessResult.OtherReason;
        private byte[] _buffer;
        private int _offset;
        private int _length;

        /// <summary>Makes an item.</summary>
        /// <param name="attribute">The attribute.</param>
        /// <param name="selector">Picks a part of it; null for all.</param>
        public GetItem(CosemDescriptor attribute, IAccessSelector selector = null)
        {
            _attribute = attribute;
            _selector = selector;
        }

        /// <summary>The attribute.</summary>
        public CosemDescriptor Attribute => _attribute;

        /// <summary>Picks a part of it; null for all.</summary>
        public IAccessSelector Selector => _selector;

        /// <summary>Whether it was read.</summary>
        public DataAccessResult Result => _result;

        /// <summary>Holds the value, of type Data, until the client's next call; null when it was not read.</summary>
        public byte[] Buffer => _buffer;

        /// <summary>Offset of the value.</summary>
        public int Offset => _offset;

        /// <summary>Length of the value in bytes.</summary>
        public int Length => _length;

        /// <summary>Takes a value.</summary>
        /// <param name="buffer">Holds it.</param>
        /// <param name="offset">Its first byte.</param>
        /// <param name="length">Its length in bytes.</param>
        public void Put(byte[] buffer, int offset, int length)
        {
            _result = DataAccessResult.Success;
            _buffer = buffer;
            _offset = offset;
            _length = length;
        }

        /// <summary>Takes a refusal.</summary>
        /// <param name="result">Why.</param>
        public void Refuse(DataAccessResult result)
        {
            _result = result;
            _buffer = null;
            _offset = 0;
            _length = 0;
        }

        /// <summary>Writes attribute and selection.</summary>
        /// <param name="writer">Takes them.</param>
        public void Write(ApduWriter writer)
        {
            bool isSelected = _selector != null;
            _attribute.Write(writer, isSelected);
            if (isSelected)
            {
                _selector.Write(writer);
            }
        }
    }
}
