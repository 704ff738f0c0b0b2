using System;

namespace NanoComm.Echonet
{
    /// <summary>Bytes as they are. Source: which, in the object's byte strings.</summary>
    internal sealed class OctetsKind : PropertyKind
    {
        /// <inheritdoc/>
        public override int Read(EchonetObject owner, int row, Terminal terminal, byte[] buffer, int offset)
        {
            byte[] value = owner.Values.Octets[owner.SourceOf(row)];
            Array.Copy(value, 0, buffer, offset, value.Length);
            return value.Length;
        }
    }
}
