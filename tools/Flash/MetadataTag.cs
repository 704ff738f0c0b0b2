namespace NanoComm.Flash
{
    /// <summary>A tag of littlefs, without its valid bit (SPEC.md, "Metadata tags"): type 11 bits, id 10, length 10.</summary>
    internal readonly struct MetadataTag
    {
        public const int Length = 4;

        public const int File = 0x001;
        public const int Directory = 0x002;
        public const int Superblock = 0x0FF;
        public const int DirectoryStruct = 0x200;
        public const int InlineStruct = 0x201;
        public const int SkipListStruct = 0x202;
        public const int Create = 0x401;
        public const int Delete = 0x4FF;
        public const int HardTail = 0x601;
        public const int MoveState = 0x7FF;

        public const int NameKind = 0x000;
        public const int StructKind = 0x200;
        public const int TailKind = 0x600;

        private const int DeletedLength = 0x3FF;
        private const int TypeShift = 20;
        private const int TypeMask = 0x7FF;
        private const int KindMask = 0x700;
        private const int IdShift = 10;
        private const int FieldMask = 0x3FF;

        // A commit's check has any chunk below 0x80; the check of what is to come (0x5FF) is none.
        private const int CheckMask = 0x780;
        private const int Check = 0x500;

        private readonly uint _bits;

        public MetadataTag(uint bits)
        {
            _bits = bits;
        }

        public bool IsValid => _bits >> 31 == 0;

        public int Type => (int)(_bits >> TypeShift) & TypeMask;

        /// <summary>The upper three bits of the type, where they are in it.</summary>
        public int Kind => Type & KindMask;

        public int Id => (int)(_bits >> IdShift) & FieldMask;

        /// <summary>Bytes behind the tag; none behind one that deletes.</summary>
        public int DataLength => IsDeleted ? 0 : (int)_bits & FieldMask;

        public bool IsDeleted => (_bits & FieldMask) == DeletedLength;

        public bool IsCheck => (Type & CheckMask) == Check;

        /// <summary>Of a check: the valid bit that tags of the next commit have.</summary>
        public bool InvertsNext => (Type & 1) != 0;
    }
}
