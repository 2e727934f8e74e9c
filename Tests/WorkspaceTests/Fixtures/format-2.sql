PRAGMA application_id = 1466005837;
PRAGMA user_version = 2;
PRAGMA foreign_keys=OFF;
BEGIN TRANSACTION;
CREATE TABLE grdb_migrations (identifier TEXT NOT NULL PRIMARY KEY);
INSERT INTO grdb_migrations VALUES('1');
INSERT INTO grdb_migrations VALUES('2');
CREATE TABLE map (
  name TEXT PRIMARY KEY, title TEXT NOT NULL, position INTEGER NOT NULL, checksum INTEGER NOT NULL
) WITHOUT ROWID;
INSERT INTO map VALUES('trial','',1,356698367);
CREATE TABLE note (
  map TEXT NOT NULL, position INTEGER NOT NULL, text TEXT NOT NULL, PRIMARY KEY (map, position)
) WITHOUT ROWID;
CREATE TABLE link (
  map TEXT NOT NULL, touchpoint TEXT NOT NULL, position INTEGER NOT NULL, step TEXT NOT NULL,
  PRIMARY KEY (map, touchpoint, position)
) WITHOUT ROWID;
INSERT INTO link VALUES('trial','Trolley',1,'cart');
CREATE TABLE history (
  sequence INTEGER PRIMARY KEY, at TEXT NOT NULL, map TEXT NOT NULL, map_after TEXT NOT NULL,
  statement TEXT NOT NULL, state TEXT NOT NULL, target INTEGER, change TEXT NOT NULL, inverse TEXT NOT NULL
);
INSERT INTO history VALUES(1,'2026-11-29T18:02:34.606494Z','trial','trial','new map trial','done',NULL,'{"put":{"map":{"elements":[],"name":"trial","notes":[],"title":""}}}','{"remove":{}}');
INSERT INTO history VALUES(2,'2026-11-29T18:02:34.673448Z','trial','trial','add stage Buying','done',NULL,'{"edit":{"change":{"insert":{"element":{"kind":"stage","name":"Buying"},"position":0}}}}','{"edit":{"change":{"delete":{"element":{"kind":"stage","name":"Buying"},"position":0}}}}');
INSERT INTO history VALUES(3,'2026-11-29T18:02:34.741015Z','trial','trial','add touchpoint Basket to Buying emotion 1','done',NULL,'{"edit":{"change":{"insert":{"element":{"attributes":{"emotion":[{"integer":1}]},"kind":"touchpoint","name":"Basket","parent":{"kind":"stage","name":"Buying"}},"position":0}}}}','{"edit":{"change":{"delete":{"element":{"attributes":{"emotion":[{"integer":1}]},"kind":"touchpoint","name":"Basket","parent":{"kind":"stage","name":"Buying"}},"position":0}}}}');
INSERT INTO history VALUES(4,'2026-11-29T18:02:34.790084Z','trial','trial','link touchpoint Basket to cart','done',NULL,'{"edit":{"change":{"change":{"from":{"attributes":{"emotion":[{"integer":1}]},"kind":"touchpoint","name":"Basket","parent":{"kind":"stage","name":"Buying"}},"to":{"attributes":{"emotion":[{"integer":1}]},"kind":"touchpoint","links":["cart"],"name":"Basket","parent":{"kind":"stage","name":"Buying"}}}}}}','{"edit":{"change":{"change":{"from":{"attributes":{"emotion":[{"integer":1}]},"kind":"touchpoint","links":["cart"],"name":"Basket","parent":{"kind":"stage","name":"Buying"}},"to":{"attributes":{"emotion":[{"integer":1}]},"kind":"touchpoint","name":"Basket","parent":{"kind":"stage","name":"Buying"}}}}}}');
INSERT INTO history VALUES(5,'2026-11-29T18:02:34.832571Z','trial','trial','add pain "Too slow" to Basket severity 4','done',NULL,'{"edit":{"change":{"insert":{"element":{"attributes":{"severity":[{"integer":4}]},"kind":"pain","name":"Too slow","parent":{"kind":"touchpoint","name":"Basket"}},"position":0}}}}','{"edit":{"change":{"delete":{"element":{"attributes":{"severity":[{"integer":4}]},"kind":"pain","name":"Too slow","parent":{"kind":"touchpoint","name":"Basket"}},"position":0}}}}');
INSERT INTO history VALUES(6,'2026-11-29T18:02:34.913159Z','trial','trial','rename touchpoint Basket to Trolley','done',NULL,'{"edit":{"change":{"rename":{"element":{"kind":"touchpoint","name":"Basket"},"to":"Trolley"}}}}','{"edit":{"change":{"rename":{"element":{"kind":"touchpoint","name":"Trolley"},"to":"Basket"}}}}');
INSERT INTO history VALUES(7,'2026-11-29T18:02:34.954524Z','trial','trial','add goal Growth','undone',NULL,'{"edit":{"change":{"insert":{"element":{"kind":"goal","name":"Growth"},"position":0}}}}','{"edit":{"change":{"delete":{"element":{"kind":"goal","name":"Growth"},"position":0}}}}');
INSERT INTO history VALUES(8,'2026-11-29T18:02:34.990629Z','trial','trial','undo','undo',7,'{"edit":{"change":{"delete":{"element":{"kind":"goal","name":"Growth"},"position":0}}}}','{"edit":{"change":{"insert":{"element":{"kind":"goal","name":"Growth"},"position":0}}}}');
CREATE TABLE snapshot (
  map TEXT NOT NULL, name TEXT NOT NULL, at TEXT NOT NULL, sequence INTEGER NOT NULL, content TEXT NOT NULL,
  PRIMARY KEY (map, name)
) WITHOUT ROWID;
INSERT INTO snapshot VALUES('trial','first','2026-11-29T18:02:34.872308Z',5,'{"elements":[{"kind":"stage","name":"Buying"},{"attributes":{"emotion":[{"integer":1}]},"kind":"touchpoint","links":["cart"],"name":"Basket","parent":{"kind":"stage","name":"Buying"}},{"attributes":{"severity":[{"integer":4}]},"kind":"pain","name":"Too slow","parent":{"kind":"touchpoint","name":"Basket"}}],"name":"trial","notes":[],"title":""}');
CREATE TABLE event_store (
  name TEXT PRIMARY KEY, position INTEGER NOT NULL, revision INTEGER NOT NULL, events INTEGER NOT NULL,
  customers INTEGER NOT NULL, first TEXT, last TEXT, session INTEGER, saved_at TEXT NOT NULL
) WITHOUT ROWID;
INSERT INTO event_store VALUES('main',1,1,6,3,'2025-01-06T10:00:00.000000Z','2025-01-14T12:00:00.000000Z',0,'2026-11-29T18:02:34.589256Z');
CREATE TABLE event_name (
  store TEXT NOT NULL, code INTEGER NOT NULL, name TEXT NOT NULL, events INTEGER NOT NULL,
  PRIMARY KEY (store, code)
) WITHOUT ROWID;
INSERT INTO event_name VALUES('main',0,'visit',3);
INSERT INTO event_name VALUES('main',1,'cart',2);
INSERT INTO event_name VALUES('main',2,'purchase',1);
CREATE TABLE property (
  store TEXT NOT NULL, position INTEGER NOT NULL, name TEXT NOT NULL, kind TEXT NOT NULL,
  "values" INTEGER NOT NULL, PRIMARY KEY (store, position)
) WITHOUT ROWID;
INSERT INTO property VALUES('main',0,'session','text',4);
INSERT INTO property VALUES('main',1,'device','text',2);
INSERT INTO property VALUES('main',2,'amount','number',0);
INSERT INTO property VALUES('main',3,'vip','truth',0);
CREATE TABLE event_column (
  store TEXT NOT NULL, bucket INTEGER NOT NULL, name TEXT NOT NULL, part INTEGER NOT NULL,
  encoding TEXT NOT NULL, count INTEGER NOT NULL, checksum INTEGER NOT NULL, data BLOB NOT NULL,
  PRIMARY KEY (store, bucket, name, part)
);
INSERT INTO event_column VALUES('main',-1,'dictionary 0',0,'texts',4,-3930592996324791669,X'200202000000000000002001000000010c0100000000000000002001000000010c020000000000000000200202000000000000002001000000010f020100000000000000002001000000010c0200000000000000007331323334');
INSERT INTO event_column VALUES('main',-1,'dictionary 1',0,'texts',2,6382419224471492572,X'200000200202000000000000002001000000010f0507000000000000000020000070686f6e656465736b746f70');
INSERT INTO event_column VALUES('main',0,'customers',0,'texts',3,-2131327678640501238,X'200202000000000000002001000000010c0100000000000000002001000000010c010000000000000000200202000000000000002001000000010f020100000000000000002001000000010c01000000000000000075313233');
INSERT INTO event_column VALUES('main',0,'offsets',0,'integers',3,-5184522437383689343,X'200203000000000000002001000000010f02010000000000000000200000');
INSERT INTO event_column VALUES('main',0,'instants',0,'instants',6,8636765289310639378,X'00a805b1062b06000087930300000000782d00000000000000000102f80e055f05180601fb210000000000000000');
INSERT INTO event_column VALUES('main',0,'events',0,'integers',6,-2204911185535641209,X'080206000000000000000801000000013c030102010000000000000000200000');
INSERT INTO event_column VALUES('main',0,'masks',0,'integers',3,-3415796051400492849,X'400203000000000000004001000000013f0703010000000000000000200000');
INSERT INTO event_column VALUES('main',0,'ties',0,'bitmap',6,-3381349663862404664,X'010000000000000000200000');
INSERT INTO event_column VALUES('main',0,'summary',0,'integers',82,1397664943303950627,X'20021900000000000000200100000102ab8a2aa22222027e4e09020102010106030101010301010201010000000000000000200100000001c0f0f0ffffff030209010101010901010101010b0101010d010000000000000000');
INSERT INTO event_column VALUES('main',0,'follows',0,'integers',33,-279397716169037745,X'20020c0000000000000020010000010288cc8802013c286638030100000000000000002001000000013033f3020c020201020000000000000000');
INSERT INTO event_column VALUES('main',0,'property 0',0,'integers',6,-6741194996168878782,X'08020400000000000000080100000001ff0102030400000000000000002001000000013301010000000000000000');
INSERT INTO event_column VALUES('main',0,'property 1',0,'integers',6,-7700733755535134729,X'08020400000000000000080100000001ff0102010200000000000000002001000000013301010000000000000000');
INSERT INTO event_column VALUES('main',0,'property 2',0,'numbers',6,-6520761458353203883,X'00040000000000000001000000000000000101b504000000000000400000');
INSERT INTO event_column VALUES('main',0,'property 3',0,'bitmap',6,-1253598801954639744,X'001f00000000000000000700000000000000');
INSERT INTO event_column VALUES('main',-1,'names',0,'texts',7,60664414086983321,X'20000020020600000000000000200100000001ff0f05040807060300000000000000002001000000010003010000000000000000766973697463617274707572636861736573657373696f6e646576696365616d6f756e74766970');
CREATE TABLE source (
  sequence INTEGER PRIMARY KEY, kind TEXT NOT NULL, store TEXT NOT NULL, file TEXT NOT NULL, size INTEGER NOT NULL,
  fingerprint TEXT NOT NULL, "rows" INTEGER NOT NULL, bad_rows INTEGER NOT NULL, at TEXT NOT NULL, roles TEXT NOT NULL
);
INSERT INTO source VALUES(1,'events','main','events.csv',314,'8804ab2dc64a2c87',6,0,'2026-11-29T18:02:34.589246Z','customer user time time event event session session');
CREATE TABLE saved_value (name TEXT PRIMARY KEY, text TEXT NOT NULL, at TEXT NOT NULL) WITHOUT ROWID;
INSERT INTO saved_value VALUES('w','1d','2026-11-29T18:02:35.084860Z');
CREATE TABLE saved_result (name TEXT PRIMARY KEY, text TEXT NOT NULL, at TEXT NOT NULL) WITHOUT ROWID;
INSERT INTO saved_result VALUES('main','funnel visit -> cart within 1d entry best counting customers','2026-11-29T18:02:35.126542Z');
CREATE TABLE segment (name TEXT PRIMARY KEY, text TEXT NOT NULL, at TEXT NOT NULL) WITHOUT ROWID;
INSERT INTO segment VALUES('vips','vip = true','2026-11-29T18:02:35.057007Z');
CREATE TABLE step (name TEXT PRIMARY KEY, text TEXT NOT NULL, at TEXT NOT NULL) WITHOUT ROWID;
INSERT INTO step VALUES('pay','purchase','2026-11-29T18:02:35.021261Z');
CREATE TABLE setting (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
INSERT INTO setting VALUES('active events','main');
INSERT INTO setting VALUES('active map','trial');
INSERT INTO setting VALUES('events revision','1');
INSERT INTO setting VALUES('zone','Europe/Oslo');
CREATE TABLE IF NOT EXISTS "stage" (
  map TEXT NOT NULL, name TEXT NOT NULL, position INTEGER NOT NULL, parent_kind TEXT, parent TEXT,
  owner TEXT, status TEXT, channel TEXT, persona TEXT, emotion INTEGER, severity INTEGER, impact INTEGER,
  effort INTEGER, target, since TEXT, due TEXT, reviewed TEXT, note TEXT, meaning TEXT,
  PRIMARY KEY (map, name)
) WITHOUT ROWID;
INSERT INTO stage VALUES('trial','Buying',1,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
CREATE TABLE IF NOT EXISTS "touchpoint" (
  map TEXT NOT NULL, name TEXT NOT NULL, position INTEGER NOT NULL, parent_kind TEXT, parent TEXT,
  owner TEXT, status TEXT, channel TEXT, persona TEXT, emotion INTEGER, severity INTEGER, impact INTEGER,
  effort INTEGER, target, since TEXT, due TEXT, reviewed TEXT, note TEXT, meaning TEXT,
  PRIMARY KEY (map, name)
) WITHOUT ROWID;
INSERT INTO touchpoint VALUES('trial','Trolley',1,'stage','Buying',NULL,NULL,NULL,NULL,1,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
CREATE TABLE IF NOT EXISTS "persona" (
  map TEXT NOT NULL, name TEXT NOT NULL, position INTEGER NOT NULL, parent_kind TEXT, parent TEXT,
  owner TEXT, status TEXT, channel TEXT, persona TEXT, emotion INTEGER, severity INTEGER, impact INTEGER,
  effort INTEGER, target, since TEXT, due TEXT, reviewed TEXT, note TEXT, meaning TEXT,
  PRIMARY KEY (map, name)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS "channel" (
  map TEXT NOT NULL, name TEXT NOT NULL, position INTEGER NOT NULL, parent_kind TEXT, parent TEXT,
  owner TEXT, status TEXT, channel TEXT, persona TEXT, emotion INTEGER, severity INTEGER, impact INTEGER,
  effort INTEGER, target, since TEXT, due TEXT, reviewed TEXT, note TEXT, meaning TEXT,
  PRIMARY KEY (map, name)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS "pain" (
  map TEXT NOT NULL, name TEXT NOT NULL, position INTEGER NOT NULL, parent_kind TEXT, parent TEXT,
  owner TEXT, status TEXT, channel TEXT, persona TEXT, emotion INTEGER, severity INTEGER, impact INTEGER,
  effort INTEGER, target, since TEXT, due TEXT, reviewed TEXT, note TEXT, meaning TEXT,
  PRIMARY KEY (map, name)
) WITHOUT ROWID;
INSERT INTO pain VALUES('trial','Too slow',1,'touchpoint','Trolley',NULL,NULL,NULL,NULL,NULL,4,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
CREATE TABLE IF NOT EXISTS "opportunity" (
  map TEXT NOT NULL, name TEXT NOT NULL, position INTEGER NOT NULL, parent_kind TEXT, parent TEXT,
  owner TEXT, status TEXT, channel TEXT, persona TEXT, emotion INTEGER, severity INTEGER, impact INTEGER,
  effort INTEGER, target, since TEXT, due TEXT, reviewed TEXT, note TEXT, meaning TEXT,
  PRIMARY KEY (map, name)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS "question" (
  map TEXT NOT NULL, name TEXT NOT NULL, position INTEGER NOT NULL, parent_kind TEXT, parent TEXT,
  owner TEXT, status TEXT, channel TEXT, persona TEXT, emotion INTEGER, severity INTEGER, impact INTEGER,
  effort INTEGER, target, since TEXT, due TEXT, reviewed TEXT, note TEXT, meaning TEXT,
  PRIMARY KEY (map, name)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS "need" (
  map TEXT NOT NULL, name TEXT NOT NULL, position INTEGER NOT NULL, parent_kind TEXT, parent TEXT,
  owner TEXT, status TEXT, channel TEXT, persona TEXT, emotion INTEGER, severity INTEGER, impact INTEGER,
  effort INTEGER, target, since TEXT, due TEXT, reviewed TEXT, note TEXT, meaning TEXT,
  PRIMARY KEY (map, name)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS "action" (
  map TEXT NOT NULL, name TEXT NOT NULL, position INTEGER NOT NULL, parent_kind TEXT, parent TEXT,
  owner TEXT, status TEXT, channel TEXT, persona TEXT, emotion INTEGER, severity INTEGER, impact INTEGER,
  effort INTEGER, target, since TEXT, due TEXT, reviewed TEXT, note TEXT, meaning TEXT,
  PRIMARY KEY (map, name)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS "motivation" (
  map TEXT NOT NULL, name TEXT NOT NULL, position INTEGER NOT NULL, parent_kind TEXT, parent TEXT,
  owner TEXT, status TEXT, channel TEXT, persona TEXT, emotion INTEGER, severity INTEGER, impact INTEGER,
  effort INTEGER, target, since TEXT, due TEXT, reviewed TEXT, note TEXT, meaning TEXT,
  PRIMARY KEY (map, name)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS "win" (
  map TEXT NOT NULL, name TEXT NOT NULL, position INTEGER NOT NULL, parent_kind TEXT, parent TEXT,
  owner TEXT, status TEXT, channel TEXT, persona TEXT, emotion INTEGER, severity INTEGER, impact INTEGER,
  effort INTEGER, target, since TEXT, due TEXT, reviewed TEXT, note TEXT, meaning TEXT,
  PRIMARY KEY (map, name)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS "kpi" (
  map TEXT NOT NULL, name TEXT NOT NULL, position INTEGER NOT NULL, parent_kind TEXT, parent TEXT,
  owner TEXT, status TEXT, channel TEXT, persona TEXT, emotion INTEGER, severity INTEGER, impact INTEGER,
  effort INTEGER, target, since TEXT, due TEXT, reviewed TEXT, note TEXT, meaning TEXT,
  PRIMARY KEY (map, name)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS "goal" (
  map TEXT NOT NULL, name TEXT NOT NULL, position INTEGER NOT NULL, parent_kind TEXT, parent TEXT,
  owner TEXT, status TEXT, channel TEXT, persona TEXT, emotion INTEGER, severity INTEGER, impact INTEGER,
  effort INTEGER, target, since TEXT, due TEXT, reviewed TEXT, note TEXT, meaning TEXT,
  PRIMARY KEY (map, name)
) WITHOUT ROWID;
CREATE TABLE layer (
  store TEXT NOT NULL, bucket INTEGER NOT NULL, layer INTEGER NOT NULL, customers INTEGER NOT NULL,
  events INTEGER NOT NULL, properties INTEGER NOT NULL, has_orders INTEGER NOT NULL, first INTEGER, last INTEGER,
  added INTEGER NOT NULL, checksum INTEGER, PRIMARY KEY (store, bucket, layer)
) WITHOUT ROWID;
INSERT INTO layer VALUES('main',0,0,3,6,4,0,1736157600000000,1736856000000000,3,5317052624329279043);
CREATE INDEX history_by_state ON history (state);
COMMIT;
