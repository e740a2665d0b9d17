import de.bwaldvogel.mongo.InMemoryMongoServer;

/** `java -cp 'lib/*' StartMongo.java PORT`. */
class StartMongo {
  public static void main(String[] arguments) {
    new InMemoryMongoServer().bind("127.0.0.1", Integer.parseInt(arguments[0]));
  }
}
