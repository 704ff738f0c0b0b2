using System.Collections;

namespace System
{
    public abstract class Array : ICloneable, IList, ICollection, IEnumerable
    {
        protected extern Array();
        public extern int Length { get; }
        public extern object SyncRoot { get; }
        public extern bool IsReadOnly { get; }
        public extern bool IsFixedSize { get; }
        public extern bool IsSynchronized { get; }
        public static extern int BinarySearch(Array array, object value, IComparer comparer);
        public static extern int BinarySearch(Array array, int index, int length, object value, IComparer comparer);
        public static extern void Clear(Array array, int index, int length);
        public extern object Clone();
        public static extern void Copy(Array sourceArray, Array destinationArray, int length);
        public static extern void Copy(Array sourceArray, int sourceIndex, Array destinationArray, int destinationIndex, int length);
        public extern void CopyTo(Array array, int index);
        public static extern Array CreateInstance(Type elementType, int length);
        public extern IEnumerator GetEnumerator();
        public extern object GetValue(int index);
        public static extern int IndexOf(Array array, object value);
        public static extern int IndexOf(Array array, object value, int startIndex);
        public static extern int IndexOf(Array array, object value, int startIndex, int count);

        extern int ICollection.Count { get; }
        extern object IList.this[int index] { get; set; }
        extern int IList.Add(object value);
        extern void IList.Clear();
        extern bool IList.Contains(object value);
        extern int IList.IndexOf(object value);
        extern void IList.Insert(int index, object value);
        extern void IList.Remove(object value);
        extern void IList.RemoveAt(int index);
    }

    public abstract class Delegate
    {
        protected extern Delegate();
        public extern object Target { get; }
        public static extern Delegate Combine(Delegate a, Delegate b);
        public override extern bool Equals(object obj);
        public virtual extern Delegate[] GetInvocationList();
        public static extern Delegate Remove(Delegate source, Delegate value);
        public static extern bool operator ==(Delegate d1, Delegate d2);
        public static extern bool operator !=(Delegate d1, Delegate d2);
    }

    public abstract class Enum
    {
        protected extern Enum();
        public extern bool HasFlag(Enum flag);
        public override extern string ToString();
    }

    public interface ICloneable
    {
        object Clone();
    }

    public interface IComparable
    {
        int CompareTo(object obj);
    }

    public interface IDisposable
    {
        void Dispose();
    }

    public abstract class MarshalByRefObject
    {
        protected extern MarshalByRefObject();
    }

    public abstract class MulticastDelegate : Delegate
    {
        protected extern MulticastDelegate();
        public override extern bool Equals(object obj);
        public static extern bool operator ==(MulticastDelegate d1, MulticastDelegate d2);
        public static extern bool operator !=(MulticastDelegate d1, MulticastDelegate d2);
    }

    public class Object
    {
        public extern Object();
        public virtual extern bool Equals(object obj);
        public static extern bool Equals(object objA, object objB);
        public virtual extern int GetHashCode();
        public extern Type GetType();
        protected extern object MemberwiseClone();
        public static extern bool ReferenceEquals(object objA, object objB);
        public virtual extern string ToString();
    }

    public struct RuntimeFieldHandle
    {
    }

    public struct RuntimeMethodHandle
    {
    }

    public struct RuntimeTypeHandle
    {
    }

    public struct SpanByte
    {
        // Not empty, so that the compiler demands its assignment.
        private readonly long _content;

        public extern SpanByte(byte[] array);
        public extern SpanByte(byte[] array, int start, int length);
        public extern byte this[int index] { get; set; }
        public static extern SpanByte Empty { get; }
        public extern int Length { get; }
        public extern bool IsEmpty { get; }
        public extern void CopyTo(SpanByte destination);
        public extern SpanByte Slice(int start);
        public extern SpanByte Slice(int start, int length);
        public extern byte[] ToArray();
        public static extern implicit operator SpanByte(byte[] array);
    }

    public sealed class String : IComparable, IEnumerable
    {
        public static readonly string Empty;
        public extern String(char[] value, int startIndex, int length);
        public extern String(char[] value);
        public extern String(char c, int count);
        public extern char this[int index] { get; }
        public extern int Length { get; }
        public static extern int Compare(string strA, string strB);
        public extern int CompareTo(object value);
        public extern int CompareTo(string strB);
        public static extern string Concat(object arg0);
        public static extern string Concat(object arg0, object arg1);
        public static extern string Concat(object arg0, object arg1, object arg2);
        public static extern string Concat(params object[] args);
        public static extern string Concat(string str0, string str1);
        public static extern string Concat(string str0, string str1, string str2);
        public static extern string Concat(string str0, string str1, string str2, string str3);
        public static extern string Concat(params string[] values);
        public extern bool Contains(string value);
        public extern bool EndsWith(string value);
        public override extern bool Equals(object obj);
        public static extern bool Equals(string a, string b);
        public static extern string Format(string format, params object[] args);
        public extern IEnumerator GetEnumerator();
        public extern int IndexOf(char value);
        public extern int IndexOf(char value, int startIndex);
        public extern int IndexOf(char value, int startIndex, int count);
        public extern int IndexOf(string value);
        public extern int IndexOf(string value, int startIndex);
        public extern int IndexOf(string value, int startIndex, int count);
        public extern int IndexOfAny(char[] anyOf);
        public extern int IndexOfAny(char[] anyOf, int startIndex);
        public extern int IndexOfAny(char[] anyOf, int startIndex, int count);
        public static extern string Intern(string str);
        public static extern string IsInterned(string str);
        public static extern bool IsNullOrEmpty(string value);
        public extern int LastIndexOf(char value);
        public extern int LastIndexOf(char value, int startIndex);
        public extern int LastIndexOf(char value, int startIndex, int count);
        public extern int LastIndexOf(string value);
        public extern int LastIndexOf(string value, int startIndex);
        public extern int LastIndexOf(string value, int startIndex, int count);
        public extern int LastIndexOfAny(char[] anyOf);
        public extern int LastIndexOfAny(char[] anyOf, int startIndex);
        public extern int LastIndexOfAny(char[] anyOf, int startIndex, int count);
        public extern string PadLeft(int totalWidth, char paddingChar = ' ');
        public extern string PadRight(int totalWidth, char paddingChar = ' ');
        public extern string[] Split(params char[] separator);
        public extern string[] Split(char[] separator, int count);
        public extern bool StartsWith(string value);
        public extern string Substring(int startIndex);
        public extern string Substring(int startIndex, int length);
        public extern char[] ToCharArray();
        public extern char[] ToCharArray(int startIndex, int length);
        public extern string ToLower();
        public override extern string ToString();
        public extern string ToUpper();
        public extern string Trim(params char[] trimChars);
        public extern string Trim();
        public extern string TrimEnd(params char[] trimChars);
        public extern string TrimStart(params char[] trimChars);
        public static extern bool operator ==(string a, string b);
        public static extern bool operator !=(string a, string b);
    }

    public abstract class Type : Reflection.MemberInfo
    {
        protected extern Type();
        public override extern Type DeclaringType { get; }
        public abstract string FullName { get; }
        public abstract string AssemblyQualifiedName { get; }
        public abstract Type BaseType { get; }
        public extern bool IsNotPublic { get; }
        public extern bool IsPublic { get; }
        public extern bool IsClass { get; }
        public extern bool IsInterface { get; }
        public extern bool IsValueType { get; }
        public extern bool IsAbstract { get; }
        public extern bool IsEnum { get; }
        public extern bool IsSerializable { get; }
        public extern bool IsArray { get; }
        public abstract Type GetElementType();
        public abstract Type[] GetInterfaces();
        public static extern Type GetType(string typeName);
        public static extern Type GetTypeFromHandle(RuntimeTypeHandle handle);
        public virtual extern bool IsInstanceOfType(object o);
        public virtual extern bool IsSubclassOf(Type c);
        public override extern string ToString();
    }

    public abstract class ValueType
    {
        protected extern ValueType();
        public override extern bool Equals(object obj);
    }
}

namespace System.Reflection
{
    public abstract class MemberInfo
    {
        protected extern MemberInfo();
        public abstract string Name { get; }
        public abstract Type DeclaringType { get; }
        public abstract object[] GetCustomAttributes(bool inherit);
    }
}
