namespace NanoComm.Echonet
{
    /// <summary>
    /// How a property is read and written, written once for every class that has one of the kind. A kind knows nothing
    /// of its own: what differs between two properties is in their rows of the object's table, what differs between
    /// two terminals in the terminal.
    /// </summary>
    internal abstract class PropertyKind
    {
        /// <summary>Length in bytes, 1…255, of a value that changes with the object's values alone: it is encoded when
        /// they change, and only copied at a request. 0: it is made for each request.</summary>
        public virtual int EncodedLength
        {
            get { return 0; }
        }

        /// <summary>Bytes that are kept of it for each terminal; 0 but for selectors.</summary>
        public virtual int SelectorLength
        {
            get { return 0; }
        }

        /// <summary>Writes a property's value.</summary>
        /// <param name="owner">The object.</param>
        /// <param name="row">The property's row of its table.</param>
        /// <param name="terminal">Who asks; null for what is the same for everyone.</param>
        /// <param name="buffer">Takes the value; has room for 255 bytes from <paramref name="offset"/> on.</param>
        /// <param name="offset">Where the first byte goes.</param>
        /// <returns>Bytes written, 1…255.</returns>
        public abstract int Read(EchonetObject owner, int row, Terminal terminal, byte[] buffer, int offset);

        /// <summary>Takes a value.</summary>
        /// <param name="owner">The object.</param>
        /// <param name="row">The property's row of its table.</param>
        /// <param name="terminal">Who asks.</param>
        /// <param name="buffer">Holds the value.</param>
        /// <param name="offset">The first byte.</param>
        /// <param name="length">Its length in bytes, 0…255.</param>
        /// <returns>False, and nothing changed, when the value is refused.</returns>
        public virtual bool Write(EchonetObject owner, int row, Terminal terminal, byte[] buffer, int offset,
            int length)
        {
            return false;
        }

        /// <summary>Writes a selector's default.</summary>
        /// <param name="selectors">Takes <see cref="SelectorLength"/> bytes.</param>
        /// <param name="offset">Where the first one goes.</param>
        public virtual void WriteDefault(byte[] selectors, int offset)
        {
        }
    }
}
