namespace NanoComm.Dlms
{
    /// <summary>Picks a part of an attribute (IEC 62056-5-3, Selective-Access-Descriptor).</summary>
    public interface IAccessSelector
    {
        /// <summary>Writes selector and parameters.</summary>
        /// <param name="writer">Takes them.</param>
        void Write(ApduWriter writer);
    }
}
