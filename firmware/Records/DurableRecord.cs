namespace NanoComm.Records
{
    /// <summary>What the catalogue says of a durable record.</summary>
    public sealed class DurableRecord
    {
        internal DurableRecord(string name, string owner, bool isSecret, bool isPersonal, bool isErased, ErasedPart part)
        {
            Name = name;
            Owner = owner;
            IsSecret = isSecret;
            IsPersonal = isPersonal;
            IsErased = isErased;
            Part = part;
        }

        /// <summary>Its name in the store.</summary>
        public string Name { get; }

        /// <summary>The room of the firmware that reads and writes it: the last part of its namespace.</summary>
        public string Owner { get; }

        /// <summary>Whether a key or a password is in it.</summary>
        public bool IsSecret { get; }

        /// <summary>Whether it tells something of the household.</summary>
        public bool IsPersonal { get; }

        /// <summary>Whether an erasure erases it. What is secret or personal always is.</summary>
        public bool IsErased { get; }

        /// <summary>The bit that says in the erasure record that it was there; none for what is not counted.</summary>
        public ErasedPart Part { get; }
    }
}
