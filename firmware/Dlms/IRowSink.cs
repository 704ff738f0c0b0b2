namespace NanoComm.Dlms
{
    /// <summary>Takes the rows of a profile while they arrive. A reading that fails later may have handed out rows:
    /// each is authentic for itself.</summary>
    public interface IRowSink
    {
        /// <summary>One row.</summary>
        /// <param name="buffer">Holds it during the call.</param>
        /// <param name="offset">The first byte of the row, of type Data.</param>
        /// <param name="length">Its length in bytes.</param>
        void Put(byte[] buffer, int offset, int length);
    }
}
