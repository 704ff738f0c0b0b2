namespace NanoComm.Hal
{
    /// <summary>A byte line (UART), 8 data bits, no parity, 1 stop bit. Belongs to one loop.</summary>
    public interface ISerialLine
    {
        /// <summary>Bits per second.</summary>
        int BaudRate { get; }

        /// <summary>Sets the signal whenever bytes have arrived. Call once, before the first read.</summary>
        /// <param name="received">The signal of the loop that reads.</param>
        void Notify(ISignal received);

        /// <summary>Takes bytes that have arrived; never waits.</summary>
        /// <param name="buffer">Filled from <paramref name="offset"/> on.</param>
        /// <param name="offset">Where to put the first byte.</param>
        /// <param name="count">Room in bytes.</param>
        /// <returns>Bytes taken, 0…count; 0 when none are there.</returns>
        int Read(byte[] buffer, int offset, int count);

        /// <summary>Sends bytes, in order. Returns when the line has taken them, or has failed to within a time of its
        /// own.</summary>
        /// <param name="buffer">Holds the bytes.</param>
        /// <param name="offset">The first byte.</param>
        /// <param name="count">How many.</param>
        /// <returns>False when the line did not take them all: some of them may have left.</returns>
        bool Write(byte[] buffer, int offset, int count);

        /// <summary>Throws away what has arrived and was not read.</summary>
        void DiscardInput();
    }
}
