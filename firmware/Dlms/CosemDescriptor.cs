namespace NanoComm.Dlms
{
    /// <summary>
    /// Names an attribute or a method of a COSEM object: class id 2 | logical name 6 | attribute or method id 1
    /// (IEC 62056-5-3, Cosem-Attribute-Descriptor).
    /// </summary>
    public sealed class CosemDescriptor
    {
        private const int Length = 9;
        private const byte AnyBillingPeriod = 0xFF;

        // The last one: nothing follows.
        private readonly byte[] _bytes;

        /// <summary>Makes a descriptor of A-B:C.D.E.255.</summary>
        /// <param name="classId">Interface class, 1…65,535.</param>
        /// <param name="a">Value group A.</param>
        /// <param name="b">Value group B.</param>
        /// <param name="c">Value group C.</param>
        /// <param name="d">Value group D.</param>
        /// <param name="e">Value group E.</param>
        /// <param name="member">Attribute or method id, 1…127.</param>
        public CosemDescriptor(int classId, byte a, byte b, byte c, byte d, byte e, byte member)
        {
            _bytes = new byte[] { (byte)(classId >> 8), (byte)classId, a, b, c, d, e, AnyBillingPeriod, member, 0 };
        }

        /// <summary>Attribute or method id.</summary>
        public byte Member => _bytes[Length - 1];

        /// <summary>Value group C.</summary>
        public byte C => _bytes[4];

        /// <summary>Value group D.</summary>
        public byte D => _bytes[5];

        /// <summary>The object for a person, as 1-0:1.8.0.</summary>
        public string Name => _bytes[2].ToString() + "-" + _bytes[3].ToString() + ":" + _bytes[4].ToString() + "."
            + _bytes[5].ToString() + "." + _bytes[6].ToString();

        /// <summary>Writes the nine bytes, and one that says whether more follows.</summary>
        /// <param name="writer">Takes them.</param>
        /// <param name="isFollowed">Whether an access selection or a parameter follows.</param>
        public void Write(ApduWriter writer, bool isFollowed)
        {
            if (!isFollowed)
            {
                writer.Write(_bytes, 0, Length + 1);
                return;
            }

            writer.Write(_bytes, 0, Length);
            writer.WriteU8(1);
        }
    }
}
