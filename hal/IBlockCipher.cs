namespace NanoComm.Hal
{
    /// <summary>AES-128 on single blocks (FIPS 197), with a fixed key. Modes are built above it. Belongs to one loop.</summary>
    public interface IBlockCipher
    {
        /// <summary>Encrypts whole blocks in place, each on its own.</summary>
        /// <param name="buffer">Holds the blocks.</param>
        /// <param name="offset">The first byte.</param>
        /// <param name="blocks">How many blocks of 16 bytes.</param>
        void Encrypt(byte[] buffer, int offset, int blocks);

        /// <summary>Decrypts whole blocks in place, each on its own.</summary>
        /// <param name="buffer">Holds the blocks.</param>
        /// <param name="offset">The first byte.</param>
        /// <param name="blocks">How many blocks of 16 bytes.</param>
        void Decrypt(byte[] buffer, int offset, int blocks);

        /// <summary>Overwrites the key and what was made of it. Of no use afterwards.</summary>
        void Forget();
    }
}
