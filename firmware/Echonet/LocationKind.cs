namespace NanoComm.Echonet
{
    /// <summary>Installation location, the same of all objects of a node.</summary>
    internal sealed class LocationKind : PropertyKind
    {
        /// <inheritdoc/>
        public override int Read(EchonetObject owner, int row, Terminal terminal, byte[] buffer, int offset)
        {
            return owner.Values.Location.Read(buffer, offset);
        }

        /// <inheritdoc/>
        public override bool Write(EchonetObject owner, int row, Terminal terminal, byte[] buffer, int offset,
            int length)
        {
            return owner.Values.Location.Write(buffer, offset, length);
        }
    }
}
